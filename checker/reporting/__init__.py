"""Runs as bytes for people and programs: pure functions, one file for each format."""
