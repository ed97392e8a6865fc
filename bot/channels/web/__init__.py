"""The web chat: forms read, pages written, and what is new sent to open pages."""
