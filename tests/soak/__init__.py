"""The real service under load while everything around it breaks, one trouble after the other: `make soak`."""
