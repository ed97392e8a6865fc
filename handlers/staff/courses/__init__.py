"""What officers do with a course: bring it in, decide on applications, move classes, close and complete it."""
