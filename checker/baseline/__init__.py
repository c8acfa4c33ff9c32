"""An earlier check to compare with: what became of each finding since, and what made the difference."""
