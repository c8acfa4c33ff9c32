"""The HTTP interface under ``/api/v1``: one file for each noun; every answer is documented in its OpenAPI."""
