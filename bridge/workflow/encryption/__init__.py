"""End-to-end encryption: whose keys we know, whom we give ours, how events are sealed and opened.

Use cases over `tx.keys`. The arithmetic is in `bridge.crypto`, requests are the workers'. Terms are those of the
Client-Server API, "End-to-end encryption": Olm between two devices, Megolm for rooms.
"""
