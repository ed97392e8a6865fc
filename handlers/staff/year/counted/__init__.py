"""What of a year is counted: indicators, money and what was done with residents, each from rows that can be shown."""
