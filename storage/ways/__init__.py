"""Ways out that cost money or tell later what became of a notice: what left, what it cost, and what may leave."""
