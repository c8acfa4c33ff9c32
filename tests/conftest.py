"""The steps of the specification ship with the package; the repository's own features use the same."""

from checker.authoring.testing import STEPS

pytest_plugins = STEPS
