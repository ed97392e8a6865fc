"""How long something is kept of people, what is due to go, and what erasing somebody leaves."""
