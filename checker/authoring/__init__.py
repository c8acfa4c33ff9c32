"""What policy staff do to a rulebook before anyone is judged by it: read, lint, start, compare and test it."""
