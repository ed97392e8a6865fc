"""What papers for officers are laid out in, and what sets them: workbooks, 한글 files and PDF from the same values."""
