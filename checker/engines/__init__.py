"""Rulebook and data in, findings and alerts out."""
