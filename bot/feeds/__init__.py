"""Feeds of job postings that we fetch ourselves: one file a feed, alike in form."""
