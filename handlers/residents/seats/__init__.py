"""A seat of one's own: registering, the receipt, where one stands, giving it back, and lotteries."""
