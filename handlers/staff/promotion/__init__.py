"""What flyers, posters and links bring: their codes, and what became of who followed them."""
