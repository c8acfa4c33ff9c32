"""What auditors check by: samples with exact bounds, figures worth a look, and findings frozen when a period ends."""
