"""The estimation pad: sums with units and counted things, and what an interviewer makes of the result."""
