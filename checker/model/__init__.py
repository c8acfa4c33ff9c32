"""Values that every room speaks of: no files, no clock, no engine."""
