"""Officers at the console: in this process, and in a browser."""
