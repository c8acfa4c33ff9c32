"""Checks the quantified commitments of public plans, unit by unit."""

from typing import Final

__version__: Final = "0.1.0"
