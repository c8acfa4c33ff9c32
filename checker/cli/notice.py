"""``checker notice``: rectification notices (整改通知书), to one unit or to everyone who has something to put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from checker.advising.ordering import Ordering
from checker.cli.asking import PATH, data_options, day_typed, refuse_unknown_units
from checker.cli.narrowing import REFUSED, Narrowing, Studied
from checker.cli.output import deliver
from checker.engines.selecting import Filters
from checker.engines.witnessing import Witnessing
from checker.explaining.notice import Notice
from checker.explaining.notice_words import NoticeWords
from checker.model.language import Text
from checker.model.order import Dispatch, Order
from checker.model.rulebook import Rulebook
from checker.reporting.notice_file import SETTERS, Unset

NOTHING_TO_PUT_RIGHT = 1
Writer = Callable[[Notice], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Narrowing):
    """What the user typed."""

    output: Path
    addressee: str | None
    everyone: bool
    format: str | None
    issued: date | None
    within: int
    number_prefix: str
    issuer: str

    def dispatch(self, rulebook: Rulebook) -> Dispatch:
        """Give what the notices bear; the clock is read here, in the plan's zone."""
        issued = self.issued or datetime.now(rulebook.plan.zone).date()
        return Dispatch(self.issuer, self.number_prefix, issued, issued + timedelta(days=self.within))

    def kind(self) -> str:
        """Give the format: as typed, else as the file's name ends, else PDF."""
        kind = self.format or ("pdf" if self.everyone else self.output.suffix.lower().removeprefix("."))
        if kind not in SETTERS:
            raise click.UsageError(f"-o {self.output}: 请写成 .pdf 或 .docx  must end in .pdf or .docx")
        return kind


@click.command("notice")
@data_options
@click.option("--unit", "addressee", help="发给这个单位（编号或名称）  the unit it is sent to")
@click.option(
    "--all", "everyone", is_flag=True, help="每个责任单位一份，写入文件夹  one for each who answers, into a folder"
)
@click.option("-o", "--output", type=PATH, required=True, help="文件（.pdf、.docx）或文件夹  a file, or a folder")
@click.option("--format", type=click.Choice(["pdf", "docx"]), help="文件格式，默认看文件名  default by the file's name")
@click.option("--rule", multiple=True, help="只通知这条规则  findings of this rule only")
@click.option(
    "--date",
    "issued",
    metavar="YYYY-MM-DD",
    callback=day_typed,
    help="发文日期，默认今天  date of the notice, default today",
)
@click.option(
    "--within", type=click.IntRange(1, 3650), default=30, show_default=True, help="几天内整改  days to put right"
)
@click.option(
    "--number-prefix", default="整改", show_default=True, help="发文字号的机关代字  what its number begins with"
)
@click.option("--issuer", default="", help="发文机关，印在红头和落款；默认留空盖章  the issuing authority")
def command(**typed: object) -> int:
    """整改通知书：编号、日期、条款、事实、差额、期限、责任单位和牵头部门，附回执。

    未达标和到期后无法判定的才通知；力争的、豁免的、未到期的不通知。

    退出码：0 已写出；1 没有需要整改的；2 输入或用法有错；3 内部错误。

    Writes rectification notices of what is not met, or cannot be decided though it is due. Exit status: 0 written; 1
    there is nothing to put right; 2 bad usage or input. Needs: pip install 'duixian[notice]'
    """
    options = Options(check_all=False, unit=(), responsible=(), **typed)  # type: ignore[arg-type] # click has checked each
    if options.everyone == bool(options.addressee):
        raise click.UsageError("请给出 --unit 或 --all  give either --unit or --all")
    write = _writer(options)
    studied = options.studied()
    if studied is None:
        return REFUSED
    run, rulebook, _ = studied
    if options.addressee:
        refuse_unknown_units([options.addressee], run.registry)
    words = NoticeWords(run, rulebook, options.dispatch(rulebook), options.language)
    orders = _orders(studied, options)
    for order in orders:
        deliver([write(words.notice(order))], _file(order, words, options))
    if not orders:
        options.say(Text("没有需要整改的事项，没有写出通知书", "nothing has to be put right; no notice was written"))
        return NOTHING_TO_PUT_RIGHT
    options.say(Text(f"已写出 {len(orders)} 份", f"{len(orders)} written"))
    return 0


def _orders(studied: Studied, options: Options) -> list[Order]:
    run, rulebook, data = studied
    ordering = Ordering(rulebook, run.registry, Witnessing(rulebook, data, run.as_of))
    if not options.addressee:
        return ordering.orders(run.findings or ())
    (unit,) = Filters(units=frozenset({options.addressee})).resolved(run.registry).units
    order = ordering.order_to(unit, run.findings or ())
    return [order] if order else []


def _file(order: Order, words: NoticeWords, options: Options) -> Path:
    """Give where a notice goes; an id is made a name that no system takes for a path, a device or another's."""
    if not options.everyone:
        return options.output
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise click.UsageError(f"-o {options.output}: 不能作为文件夹  cannot be a folder ({fault.strerror})") from fault
    return options.output / f"{words.serial(order)}-{order.addressee.replace(':', '_')}.{options.kind()}"


def _writer(options: Options) -> Writer:
    """Give what writes notices of the kind that was asked for. Fails as bad usage where it is not installed."""
    try:
        set_in_type = SETTERS[options.kind()]()
    except Unset as unset:
        raise click.UsageError(f"{unset.why.zh}  {unset.why.en}") from unset

    def write(notice: Notice) -> bytes:
        try:
            content, missing = set_in_type(notice)
        except Unset as unset:
            raise click.UsageError(f"{unset.why.zh}  {unset.why.en}") from None
        if missing:
            options.say(Text(f"{notice.number}: 字体里没有这些字  {missing}", f"no glyph for {missing}"))
        return content

    return write
