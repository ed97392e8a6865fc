"""Documents that are set by typst: PDF that anybody can read, also by ear (PDF/UA-1)."""
