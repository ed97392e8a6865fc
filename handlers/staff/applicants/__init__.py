"""The people of a course: registered by phone or at the desk, in their line, moved with a reason, and judged."""
