"""A candidate's drawing as a graph: reading it, judging it, loading it, breaking it."""
