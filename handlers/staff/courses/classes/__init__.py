"""The classes of a course: added, moved, put off."""
