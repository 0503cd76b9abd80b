"""Log, metrics, health and supervision."""
