"""What everybody may ask of what is kept of them: to see it, to correct it, to take it along, to have it erased."""
