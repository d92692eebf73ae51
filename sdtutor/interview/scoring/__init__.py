"""From a finished interview to a report: evidence, levels, decision."""
