"""Names, units, ports and draws: what every floor above shares. Standard library only."""
