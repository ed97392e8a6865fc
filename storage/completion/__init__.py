"""What people have in their hands after a course: certificates and qualifications."""
