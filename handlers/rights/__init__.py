"""What people may have done with what is kept of them, whoever asks for it."""
