"""Questions made from a state of a run, and answered by running on."""
