"""Does every quantified clause of a plan's text have its rule, and every rule its clause."""
