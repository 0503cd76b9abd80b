"""Questions of an office in five languages, and how well they are found and told apart by their vectors."""
