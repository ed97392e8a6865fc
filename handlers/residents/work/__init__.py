"""Work: job postings and their digest, talks with a counselor, and whether one is working."""
