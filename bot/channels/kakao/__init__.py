"""KakaoTalk: skill requests read and answered, within its limits and its five seconds."""
