"""Reads a folder of YAML files into a rulebook, or says everything that is wrong with them at once."""
