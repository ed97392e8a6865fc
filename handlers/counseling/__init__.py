"""Who can be talked to when: slots derived from counselors' hours; for residents, the clock and staff alike."""
