"""What officers do with courses and those in them, as commands."""
