"""How SQLite and PostgreSQL are opened, brought up to date, watched and spoken to in few words."""
