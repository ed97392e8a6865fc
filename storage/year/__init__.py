"""The year as it is reported: what officers enter of it, and quarters that were frozen."""
