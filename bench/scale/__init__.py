"""askbridge with a million questions: `scripts/bench scale`, see --help."""
