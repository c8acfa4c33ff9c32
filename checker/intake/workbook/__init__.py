"""XLSX made from the project's template: a gate, a child process that parses, and what the sheets report."""
