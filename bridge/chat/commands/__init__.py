"""One module a command family; each command is declared once."""
