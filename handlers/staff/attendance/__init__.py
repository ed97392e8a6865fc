"""Attendance as officers take it: the grid, paper, devices without a network, and who may not come."""
