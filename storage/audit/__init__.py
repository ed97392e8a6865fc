"""What officers did and looked at, bound so that nothing can be taken out unseen, and what of it can be undone."""
