"""What residents asked to be told of: news, jobs, courses that they wait or wish for."""
