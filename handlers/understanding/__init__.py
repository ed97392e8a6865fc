"""What residents' sentences ask for: the kind of request, and the courses that they wish for."""
