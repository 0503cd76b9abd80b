"""Tables, migrations, and one module a noun."""
