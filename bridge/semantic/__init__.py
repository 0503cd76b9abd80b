"""What sentences mean, as vectors: making them, comparing them, finding the nearest. Values in, values out."""
