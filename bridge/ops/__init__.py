"""Log, metrics, task supervision."""
