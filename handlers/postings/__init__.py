"""Job postings as their sources write them, read into what we keep: plain functions, whoever fetched or typed them."""
