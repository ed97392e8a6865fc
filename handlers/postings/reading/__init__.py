"""What texts of postings say, in whatever form their sources wrote it."""
