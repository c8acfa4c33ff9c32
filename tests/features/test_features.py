"""Runs the specification: every scenario of features/ on every engine."""

from __future__ import annotations

from pytest_bdd import scenarios

scenarios("../../features")
