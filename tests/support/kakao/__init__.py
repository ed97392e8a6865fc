"""KakaoTalk as strict as its documentation, and people who talk to the skill."""
