"""Officers' accounts in the console, and who is signed in."""
