"""What to do about findings: the least change that would make them met, and whom to remind of what."""
