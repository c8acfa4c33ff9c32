"""A rulebook as data: it comes back as it was, and its digest tells apart what judges differently."""

from __future__ import annotations

from checker.model.rulebook import Change, Rulebook, Total
from checker.rulebook.loading import default_folder, load
from tests.engines.building import indicator, rule, rulebook


def test_the_shipped_rulebook_comes_back_from_its_json() -> None:
    shipped = load(default_folder()).rulebook
    assert shipped is not None
    again = Rulebook.model_validate_json(shipped.model_dump_json())
    assert again == shipped
    assert again.digest == shipped.digest


def test_a_total_and_a_change_of_it_have_different_digests() -> None:
    of_total, of_change = (
        rulebook([indicator("n", "school")], [rule("r", measure, "at_least 1", every="year")])
        for measure in (Total(indicator="n"), Change(indicator="n"))
    )
    assert of_total.digest != of_change.digest
