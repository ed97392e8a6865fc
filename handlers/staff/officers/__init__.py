"""Officers themselves: their roles and rights, their accounts, and signing in."""
