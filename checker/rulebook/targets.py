"""What a rule's measure must reach: figures, tables of figures and figures from a date on."""

from __future__ import annotations

from datetime import date

from checker.model.language import Text
from checker.model.number import Number, shown
from checker.model.rulebook import Plan
from checker.model.target import Figure, Form, Target
from checker.rulebook.figures import Sign, read_figure
from checker.rulebook.rule_schema import TargetEntry
from checker.rulebook.source import Spot


def compile_targets(spot: Spot, given: TargetEntry | tuple[TargetEntry, ...], sign: Sign) -> tuple[Target, ...] | None:
    """Give the targets in the order written, or None after complaining."""
    if isinstance(given, TargetEntry):
        target = _target(spot, given, sign)
        return (target,) if target else None
    targets = [_target(spot / number, entry, sign) for number, entry in enumerate(given)]
    distinct = _have_distinct_starts(spot, given)
    sound = tuple(target for target in targets if target)
    return sound if distinct and len(sound) == len(targets) else None


def check_in_force(spot: Spot, targets: tuple[Target, ...], every: str, plan: Plan) -> None:
    """Complain where no target is in force on the last day of a period that is asked."""
    begins = min(target.start or date.min for target in targets)
    missing = next((period for period in plan.periods(every) if period.last < begins), None)
    if missing:
        spot.complain(
            Text(
                f"{missing.code} 的最后一天 {missing.last} 没有适用的目标，最早的自 {begins} 起",
                f"no target is in force on {missing.last}, the last day of {missing.code}: the first is from {begins}",
            ),
            Text("请让第一项更早，或不写 from", "let the first begin earlier, or leave out its from"),
        )


def _target(spot: Spot, entry: TargetEntry, sign: Sign) -> Target | None:
    form, given = next((form, given) for form in Form if (given := getattr(entry, form.value)) is not None)
    if isinstance(given, dict):
        read = {unit: read_figure(spot / form.value / unit, form, text, sign) for unit, text in given.items()}
        table = {unit: figure for unit, figure in read.items() if figure}
        if len(table) < len(read):
            return None
        return Target(start=entry.start, table=table, parts_of=entry.parts_of)
    figure = read_figure(spot / form.value, form, given, sign)
    if entry.parts_of:
        (spot / "parts_of").complain(
            Text("parts_of 只用于分解表", "parts_of belongs to a table of units"),
            Text(f"请把 {form.value} 写成 单位: 数 的表", f"write {form.value} as a table of units and figures"),
            at_key=True,
        )
        return None
    return Target(start=entry.start, figure=figure) if figure else None


def _have_distinct_starts(spot: Spot, entries: tuple[TargetEntry, ...]) -> bool:
    seen: set[date] = set()
    distinct = True
    for number, entry in enumerate(entries):
        if entry.start is None and number:
            (spot / number).complain(
                Text("第二项起要写明自何日适用", "every entry after the first needs the day it begins on"),
                Text("请补上 from: YYYY-MM-DD", "add from: YYYY-MM-DD"),
            )
            distinct = False
        elif entry.start in seen:
            (spot / number / "from").complain(
                Text(f"{entry.start} 起已有目标", f"another target begins on {entry.start}"),
                Text("请改日期或删去一项", "change the day or delete one of them"),
            )
            distinct = False
        if entry.start:
            seen.add(entry.start)
    return distinct


def check_parts(spot: Spot, table: Target, wholes: tuple[Target, ...], plan: Plan) -> None:
    """Complain where the parts of `table` do not reach the figure of the rule that it breaks down."""
    figures = table.table or {}
    whole = _in_force(wholes, table.start or plan.window.last)
    form = next(iter(figures.values())).form
    if whole is None or whole.figure is None or whole.figure.form is not form or form is Form.BETWEEN:
        spot.complain(
            Text(
                f"{table.parts_of} 没有可分解的 {form.value} 目标",
                f"{table.parts_of} has no {form.value} figure to break down",
            ),
            Text(
                "两处应是同一种比较，且不是 between 或另一张表", "both need one form, no between and no further table"
            ),
        )
        return
    total = sum(figure.low for figure in figures.values())
    if not reaches(form, total, whole.figure):
        spot.complain(
            Text(
                f"各单位合计 {shown(total)}，与 {table.parts_of} 的 {whole.figure} 不符",
                f"the parts add up to {shown(total)}, which does not carry {table.parts_of}: {whole.figure}",
            ),
            Text("请调整各单位的数", "adjust the figures of the units"),
        )


def _in_force(targets: tuple[Target, ...], day: date) -> Target | None:
    begun = [target for target in targets if target.start is None or target.start <= day]
    return max(begun, key=lambda target: target.start or date.min) if begun else None


def reaches(form: Form, total: Number, whole: Figure) -> bool:
    """Whether parts that add up to `total` carry the figure of the `whole`."""
    if form in (Form.AT_LEAST, Form.MORE_THAN):
        return total >= whole.low
    return total == whole.low if form is Form.EQUALS else total <= whole.low
