"""What officers enter of a year: its sorts, from files and by hand."""
