"""Everything that the service remembers, in SQL tables: SQLite in one file, or PostgreSQL by a URL."""
