"""One person's record: all that is kept of them on one page, and what is done with it for them."""
