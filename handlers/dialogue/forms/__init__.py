"""Forms: what they ask, how a chat or a page of ours shows that, and what each step makes of an answer."""
