"""Whether a specification would notice a slip of the pen in a rulebook."""
