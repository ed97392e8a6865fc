"""Who looked at and changed whose data: what officers review each month."""
