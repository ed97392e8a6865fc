"""Files as officers bring them: workbooks, text and JSON of any make, read into rows, and files that are none."""
