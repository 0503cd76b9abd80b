"""HTTP in: appservice transactions, health, metrics."""
