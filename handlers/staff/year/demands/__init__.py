"""What residents wanted and could not have, for officers and for everybody."""
