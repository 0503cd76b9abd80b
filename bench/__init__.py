"""How fast askbridge is, next to its peers, on a real Synapse, and in its store alone. Run by scripts/bench."""
