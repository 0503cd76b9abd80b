"""Pure: from Matrix events to intents, and from results to Matrix content."""
