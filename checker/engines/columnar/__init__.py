"""Measuring and judging as staged portable SQL, for volume: one text for DuckDB and Spark."""
