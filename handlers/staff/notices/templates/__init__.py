"""Texts that senders have to approve: what to send in, what is approved, and which notices nothing approved covers."""
