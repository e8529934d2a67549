"""Numbers and dates as a Norwegian or an English reader writes them.

Belongs here: how a number, share, interval, date or time looks.
Does not belong here: words (texts/), CSV files (tables.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

HARD_SPACE = "\u00a0"
SEPARATOR = f"{HARD_SPACE}· "  # between facts on one line; no line begins with it
EN_DASH = "\u2013"
MINUS = "\u2212"
Record = dict[Any, Any]
Row = pd.Series | Mapping[Any, Any]  # one row of a table
OSLO = ZoneInfo("Europe/Oslo")


def is_missing(value: Any) -> bool:
    """True for each of the ways in which a cell of a table says nothing."""
    return bool(pd.isna(value))


def records(rows: pd.DataFrame) -> list[Record]:
    """The rows as dictionaries, as pandas gives them, many times faster."""
    names = list(rows.columns)
    cells = rows.to_numpy(dtype=object).tolist()
    return [dict(zip(names, row, strict=True)) for row in cells]


@dataclass(frozen=True)
class Forms:
    """The written forms of one language. Shares are proportions from 0 to 1.

    to: the word between the ends of an interval; months: names, empty for dates in digits.
    """

    lang: str
    to: str
    months: tuple[str, ...] = ()

    @property
    def is_norwegian(self) -> bool:
        return self.lang == "nb"

    def number(self, value: float, decimals: int = 0) -> str:
        """3 660 and 75,93 in Norwegian; 3,660 and 75.93 in English; a real minus sign."""
        rounded = round(value, decimals)
        text = f"{abs(rounded):,.{decimals}f}"
        if self.is_norwegian:
            text = text.replace(",", HARD_SPACE).replace(".", ",")
        return f"{MINUS}{text}" if rounded < 0 else text

    def percent(self, share: float, decimals: int = 0) -> str:
        """76 % in Norwegian, 76% in English."""
        return self.number(share * 100, decimals) + (f"{HARD_SPACE}%" if self.is_norwegian else "%")

    def points(self, difference: float, decimals: int = 0) -> str:
        """A difference of shares in percentage points, always with its sign: +12 or −3."""
        text = self.number(difference * 100, decimals)
        return f"+{text}" if round(difference * 100, decimals) > 0 else text

    def percent_interval(self, low: float, high: float, decimals: int = 0) -> str:
        """74–77 % in Norwegian, 74–77% in English."""
        return f"{self.number(low * 100, decimals)}{EN_DASH}{self.percent(high, decimals)}"

    def points_interval(self, low: float, high: float, decimals: int = 0) -> str:
        """+8 til +16: a word between the ends, since a dash beside a minus confuses."""
        return self.between(self.points(low, decimals), self.points(high, decimals))

    def between(self, low: str, high: str) -> str:
        """Both ends of what is written, never divided between lines: 281 til 565."""
        return HARD_SPACE.join([low, self.to, high])

    def day(self, moment: date) -> str:
        """05.06.2014 in Norwegian, 5 June 2014 in English."""
        if not self.months:
            return f"{moment:%d.%m.%Y}"
        return f"{moment.day} {self.months[moment.month - 1]} {moment.year}"

    def month(self, moment: date) -> str:
        """06.2014 in Norwegian, June 2014 in English."""
        if not self.months:
            return f"{moment:%m.%Y}"
        return f"{self.months[moment.month - 1]} {moment.year}"

    @property
    def month_on_axis(self) -> str:
        """How Vega writes 06.2014 in Norwegian, Jun 2014 in English."""
        return "%b %Y" if self.months else "%m.%Y"

    def moment(self, iso: Any, *, seconds: bool = False) -> str:
        """An ISO time stamp as date and time in Oslo; empty when there is none."""
        if is_missing(iso) or iso == "":
            return ""
        local = datetime.fromisoformat(str(iso)).astimezone(OSLO)
        clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
        return f"{self.day(local)} {clock}".replace(" ", HARD_SPACE)

    def seconds_between(self, start: Any, end: Any) -> str:
        """How long something took, 20 s; empty when it has no end."""
        if is_missing(start) or is_missing(end):
            return ""
        took = datetime.fromisoformat(str(end)) - datetime.fromisoformat(str(start))
        return f"{self.number(took.total_seconds())}{HARD_SPACE}s"
