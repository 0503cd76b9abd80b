"""Pure: what a question is, who may do what, what may be shown where. Standard library only."""
