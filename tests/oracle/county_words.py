"""How a random case writes down numbers, instants and labels, in every form that the contract allows."""

import random
from datetime import date, datetime, timedelta
from fractions import Fraction

WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,%"}
TRUE = ("是", "true", "True", "YES", "yes", "1", "１", "ＴＲＵＥ")
FALSE = ("否", "false", "FALSE", "No", "no", "0", "０", "ｎｏ")


def label(rng: random.Random, text: str) -> object:
    """A label: text, or a mapping of languages."""
    return {"zh": text, "en": f"en {text}"} if rng.random() < 0.4 else text


def decimal(value: Fraction) -> str:
    """A finite decimal, exactly."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    text = str(int(value * 10**digits)).rjust(digits + 1, "0")
    return f"{text[: len(text) - digits]}.{text[len(text) - digits :]}" if digits else text


def _grouped(text: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def number(rng: random.Random, value: Fraction, kind: str, odd: bool = True) -> str:
    """The value in one of its written forms; `odd` also allows full width, blanks and leading zeros."""
    if kind == "boolean":
        return rng.choice(TRUE if value else FALSE) if odd else ("是" if value else "否")
    bare = value * 100 if kind == "percent" else value
    style = rng.random()
    text = decimal(bare)
    if style < 0.15:
        text = decimal(bare / 10**4) + "万"
    elif style < 0.2:
        text = decimal(bare / 10**8) + "亿"
    elif style < 0.35:
        text = _grouped(text)
    elif style < 0.45:
        text += ".0" if "." not in text else "00"
    text += "%" if kind == "percent" else ""
    if not odd:
        return text
    if rng.random() < 0.1:
        text = text.translate(WIDE)
    if rng.random() < 0.03 and text[0].isdigit():
        text = "0" + text if "," not in text and "，" not in text else text
    return rng.choice((" {} ", "\u3000{}", "{}\t")).format(text) if rng.random() < 0.05 else text


def instant(rng: random.Random, moment: datetime, offset: int) -> str:
    """A local moment as `reported_at`; `offset` is the plan's, in hours."""
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    if midnight and rng.random() < 0.6:
        return moment.date().isoformat()
    zone, text = rng.choice((None, None, 0, 8, -5, 9)), ""
    if zone is not None:
        moment += timedelta(hours=zone - offset)
        text = "Z" if zone == 0 and rng.random() < 0.7 else f"{'-' if zone < 0 else '+'}{abs(zone):02d}:00"
    if zone == 8 and rng.random() < 0.3:
        moment, text = moment - timedelta(hours=2, minutes=30), "+05:30"
    second = f":{moment.second:02d}" if moment.second or rng.random() < 0.4 else ""
    fraction = rng.choice((".0", ".5", ".999", ".000001")) if second and rng.random() < 0.15 else ""
    return f"{moment:%Y-%m-%dT%H:%M}{second}{fraction}{text}"


def near(rng: random.Random, days: list[date]) -> date:
    """One of the days, or the day before or after it."""
    return rng.choice(days) + timedelta(days=rng.choice((0, 0, 0, -1, 1)))
