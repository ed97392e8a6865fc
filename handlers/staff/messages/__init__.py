"""What officers write to the people of a course, or to many who completed one."""
