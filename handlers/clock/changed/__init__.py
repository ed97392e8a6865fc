"""What became otherwise than residents were told, and what was taken back."""
