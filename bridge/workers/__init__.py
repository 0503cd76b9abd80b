"""The loops: inbox, outbox, scheduler."""
