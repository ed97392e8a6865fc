"""AlimTalk by the dealer SOLAPI: approved texts to telephone numbers."""
