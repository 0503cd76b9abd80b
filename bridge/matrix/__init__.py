"""Pipes to the homeserver: transports, sending, room facts."""
