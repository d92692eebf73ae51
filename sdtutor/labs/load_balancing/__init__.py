"""Labs about load balancing."""
