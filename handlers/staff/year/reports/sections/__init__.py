"""The parts of a report on a half-year, one module each, all of them from what was read once."""
