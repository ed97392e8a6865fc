"""Officers' files: sheets, rows and cells as offices write them, their columns, and the workbook to fill in."""
