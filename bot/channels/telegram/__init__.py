"""Telegram: updates read, replies written and delivered, by polling or webhook."""
