"""Bots to compare with: each answers every `!ask` with one notice and does nothing else."""
