"""What a change of the rules means: in words, and in verdicts."""
