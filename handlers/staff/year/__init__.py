"""The year as it is reported: what was aimed at and reached, money, what was done with residents, and its papers."""
