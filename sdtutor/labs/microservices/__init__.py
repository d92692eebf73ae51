"""Labs about microservices."""
