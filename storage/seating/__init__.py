"""Seats, lines and lotteries: who applied, from where, who holds what, and what is to be done about it."""
