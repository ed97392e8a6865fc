"""The letters of Korean and of files: syllables, spelling, particles, widths, encodings."""
