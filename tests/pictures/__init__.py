"""The pictures of the officers' guide, drawn anew from the service: `python -m tests.pictures`."""
