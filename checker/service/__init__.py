"""What is handed in, judged at once and remembered: the work behind the HTTP interface, and the interface itself."""
