"""Pictures of numbers. A leaf: what it draws comes in as a value; the library that draws has a process of its own."""
