"""Who wants to be called: the list, and ticking off."""
