"""Messages as most introductions handle them."""
