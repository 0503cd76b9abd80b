"""The use cases: handle an intent inside one transaction."""
