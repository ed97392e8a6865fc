"""The standard surveys, who answers them, and who would like to know what."""
