"""Tables, the unit of work, inbox and outbox; SQLite by default, PostgreSQL to grow."""
