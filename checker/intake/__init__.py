"""Reads units, submissions and waivers into facts, or into problems with their places."""
