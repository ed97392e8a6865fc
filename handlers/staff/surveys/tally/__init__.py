"""What was answered, counted: never so that one person's answer could be told."""
