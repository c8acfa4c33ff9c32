"""Reads YAML and JSON texts into located nodes, strictly."""
