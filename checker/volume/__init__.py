"""A check on volume: Parquet into a database, findings out of it, and no value a Python object on the way."""
