"""The file of the district's own sender: made of what no way took, sent by hand, and its results brought back."""
