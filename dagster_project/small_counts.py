"""Small counts in what is told of quality: in checks, messages, and what was set aside.

Belongs here: which counts are told, and how one that is not is written. Does not belong here: small
groups in the marts (disclosure/).

Told whatever they are: the rows in, kept and set aside of a file, which must add up for whoever
checks that nothing is lost; and rows that a suite names, since its table is about no person.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

FEWEST = 10  # minimum_respondents in seeds/disclosure.yml; a test holds the two together
FEW = f"fewer than {FEWEST}"


def is_small(count: int) -> bool:
    """Whether so many are so few that they are not told. None at all is told."""
    return 0 < count < FEWEST


def told(count: int, of: int | None = None) -> int | None:
    """The count, or None where it is small, or all but a few `of` them."""
    rest = of - count if of and count else 0
    return None if is_small(count) or is_small(rest) else count


def in_words(count: int, of: int | None = None) -> str:
    """The count as it may be written, with what it is of."""
    if of is None:
        return FEW if is_small(count) else str(count)
    if is_small(of):
        some = {0: "0", of: "all"}.get(count, "some")
    else:
        some = f"all but {FEW}" if is_small(of - count) else in_words(count)
    return f"{some} of {in_words(of)}"


def told_parts(rows: Iterable[dict[str, Any]], whole: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows, `rows` in each told or None. whole: the columns that those have in common whose sum
    is told elsewhere, or has been; so that no small one is what is left of it, the smallest of the
    others are hidden with it until they hide as many as is told."""
    found = []
    for _, group in groupby(sorted(rows, key=itemgetter(*whole)), key=itemgetter(*whole)):
        parts = sorted(group, key=lambda row: int(row["rows"]))
        hidden = sum(is_small(row["rows"]) for row in parts)
        while 0 < hidden < len(parts) and (
            hidden == 1 or is_small(sum(row["rows"] for row in parts[:hidden]))
        ):
            hidden += 1
        found += [row | {"rows": None} for row in parts[:hidden]] + parts[hidden:]
    return found
