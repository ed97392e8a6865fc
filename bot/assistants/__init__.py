"""What AI assistants may ask: courses, read-only, over the Model Context Protocol; an extra that is off unless set."""
