"""Courses as residents see them: finding them, the card of one, and what anybody may know of it."""
