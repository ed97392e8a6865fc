"""Surveys: answering one in the chat, at a tablet or with a pen."""
