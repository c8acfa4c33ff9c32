"""Says what a finding means, in sentences; the only place where verdicts get words."""
