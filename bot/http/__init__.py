"""What every HTTP route is made of: requests within limits, headers, files and pages."""
