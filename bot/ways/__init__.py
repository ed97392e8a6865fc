"""Ways out that are no channel's own: services that carry notices, cost money, and tell later what became of them."""
