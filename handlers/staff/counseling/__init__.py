"""Counselors' hours, appointments and what came of them."""
