"""What sentences mean, as vectors: making them, comparing them, finding the nearest. Values in, values out."""

import os

# Read when numpy is first imported: more threads than one wait for each other longer than a sentence takes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
