"""Questions of an office in five languages, and how well they are found and told apart by their vectors."""

import os

# Read when numpy is imported for the first time. With more threads a sentence costs five times as much.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
