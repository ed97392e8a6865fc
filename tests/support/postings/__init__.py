"""Sources of job postings, and what is known of them."""
