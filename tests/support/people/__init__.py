"""People in courses: who comes, who completes, who doesn't come by chat, who speaks for another."""
