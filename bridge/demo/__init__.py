"""A town to play in: a local homeserver, people, rooms, a story."""
