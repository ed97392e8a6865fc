"""Questions that officers answer often."""
