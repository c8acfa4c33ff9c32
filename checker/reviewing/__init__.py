"""What happens to a finding after it was flagged: states and events as data, decisions as pure functions."""
