"""Copies of a whole database: made beside a running service, looked through, and put back."""
