"""One course as a form: the columns of the sheet, its guide, its questions and its way in."""
