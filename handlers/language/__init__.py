"""Korean and English as people write and read them: particles, spelling, names, numbers, dates; of no conversation."""
