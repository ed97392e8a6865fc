"""The policy card of a quarter: put together, looked at, frozen, and compared with what came later."""
