"""From values to Matrix message content."""
