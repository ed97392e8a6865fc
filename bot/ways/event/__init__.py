"""KakaoTalk's Event API: the bot speaks first to friends of its channel, and is told later whom that reached."""
