"""Who answers the next request."""
