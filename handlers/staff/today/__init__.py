"""What needs doing: found by rows alone, so that it is gone once it is done."""
