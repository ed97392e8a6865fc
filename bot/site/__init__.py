"""Pages that are no chat: the kiosk, paper, and the preview of KakaoTalk."""
