"""A sentence or two on a goal, written from the outcomes of the tests by rule, to be read aloud.

Belongs here: putting outcomes into words for a whole goal.
Does not belong here: the outcomes (mart_comparison), or the words for one figure (change.py).
"""

from collections.abc import Sequence
from typing import NamedTuple

from streamlit_app.blocks.change import outcome_of, points_words
from streamlit_app.catalogue import Say
from streamlit_app.formats import Row

CHANGED = ("increased", "decreased")
NO_SURE_CHANGE = "no_sure_change"
TESTED = (*CHANGED, NO_SURE_CHANGE)


class Named(NamedTuple):
    """A headline figure's name, its row of mart_comparison or None without one, and whether there
    is a figure of an earlier period at all."""

    name: str
    found: Row | None
    has_earlier: bool = True


def goal_sentence(changes: Sequence[Named], say: Say) -> str:
    """What has changed for sure since the wave before, for how many headline figures nothing has,
    for how many that is not known, and how many have nothing earlier to be compared with.

    changes: of each headline figure.
    """
    told = [(one.name, one.found) for one in changes if one.found is not None]
    waves = sorted({str(row["compared_period"]) for _, row in told if outcome_of(row) in TESTED})
    sentences = [text for wave in waves for text in _since(wave, told, say)]
    rest = [one for one in changes if one.found is None or outcome_of(one.found) not in TESTED]
    untested = sum(one.has_earlier for one in rest)
    if untested:
        sentences.append(_counted("not_tested", untested, say))
    if first := len(rest) - untested:
        sentences.append(_counted("nothing_earlier", first, say))
    return " ".join(sentences)


def _since(wave: str, told: Sequence[tuple[str, Row]], say: Say) -> list[str]:
    """The sentences on figures that are tested against `wave`."""
    of_wave = [(name, row) for name, row in told if str(row["compared_period"]) == wave]
    changed = [
        say(f"sentence.{row['outcome']}", name=name, points=points_words(row, say))
        for name, row in of_wave
        if outcome_of(row) in CHANGED
    ]
    unsure = sum(outcome_of(row) == NO_SURE_CHANGE for _, row in of_wave)
    sentences = []
    if changed:
        sentences.append(say("sentence.since", wave=wave, changes=listed(changed, say)))
    if unsure:
        sentences.append(_counted("no_sure_change", unsure, say, wave=wave))
    return sentences


def listed(parts: Sequence[str], say: Say) -> str:
    """a, b og c."""
    *first, last = parts
    return f"{', '.join(first)} {say('sentence.and')} {last}" if first else last


def _counted(what: str, n: int, say: Say, **values: str) -> str:
    number = "one" if n == 1 else "many"
    return say(f"sentence.{what}_{number}", n=n, **values)
