"""What the README says about speed, measured: ``python -m benchmarks`` prints its table."""
