"""What policy staff do to a rulebook before anybody is judged by it."""
