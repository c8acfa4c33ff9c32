"""Features in Gherkin about any rulebook: the steps that they are written in, and what running them says."""

STEPS = ("checker.authoring.testing.given_steps", "checker.authoring.testing.then_steps")
"""The plugins of pytest that hold the steps."""
