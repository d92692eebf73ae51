"""Floor 4: what most blog posts show, with the same defects. The labs let the learner find them."""
