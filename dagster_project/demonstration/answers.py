"""From planned shares to single answers, so that the counts come out exactly.

Belongs here: quotas, who leaves a question blank, and the ranking that decides who gets what.
Does not belong here: which questions there are or which shares are planned.

Every respondent has a leaning towards the high end, made of role, place, person and chance.
Within a group the lowest leanings get the lowest codes until each code's quota is full. The group's
shares are thereby exact, while units and roles differ as they would.
"""

import numpy as np
import pandas as pd

from dagster_project.demonstration.organisation import ROOT
from dagster_project.demonstration.plan import COUNTIES, Quota, Tilt, quotas, tilt
from dagster_project.demonstration.questionnaire import DONT_KNOW, Item

BLANK = 0
# Of the low answers, the part that is the lowest code; of the high ones, the part that is highest.
EXTREME = 0.28
LEFT_BLANK, NOT_KNOWN = 0.01, 0.03
# Municipalities steer the offices in the counties and nobody else.
OF_MUNICIPALITIES = ("goal_conflict", "municipal_steering")
# How many answers may become "don't know" for a published percentage to be met closely.
SLACK = 0.02


def answers(
    item: Item, year: int, people: pd.DataFrame, stays: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """One code for each respondent: 1 to 5, `DONT_KNOW`, or `BLANK` where there is no answer.

    `stays` tells who has not left the survey before this item.
    """
    given = people["role"].isin(item.roles).to_numpy() & stays
    given &= random.random(len(people)) >= LEFT_BLANK
    known = given & (random.random(len(people)) >= NOT_KNOWN)
    if item.question in OF_MUNICIPALITIES:
        known &= _members(people, COUNTIES)
    codes = np.full(len(people), BLANK)
    leaning = _leaning(tilt(item.question), people, random)
    for quota in quotas(item.question, year):
        _fill(codes, known, quota, people, leaning, random)
    if (known & (codes == BLANK)).any():
        raise ValueError(f"{item.question} {year}: the quotas leave somebody without an answer")
    return np.where(given & ~known, DONT_KNOW, codes)


def _fill(
    codes: np.ndarray,
    known: np.ndarray,
    quota: Quota,
    people: pd.DataFrame,
    leaning: np.ndarray,
    random: np.random.Generator,
) -> None:
    """Fill one quota in place: `codes` for those of the group who have none yet.

    Where a figure is published, a few become "don't know" (`known` turns false) so that the number
    of answers lets the percentage be met.
    """
    group = known & _members(people, quota.node) & people["role"].isin(quota.roles).to_numpy()
    free = np.flatnonzero(group & (codes == BLANK))
    number = _best_number(int(group.sum()), quota)
    unsure = random.choice(free, size=int(group.sum()) - number, replace=False)
    known[unsure] = False
    free = np.setdiff1d(free, unsure)
    already = np.bincount(codes[group & (codes != BLANK)], minlength=6)[1:]
    needed = _counts(number, quota) - already
    if (needed < 0).any():
        raise ValueError(f"{quota} cannot be met: {needed}")
    codes[free[np.argsort(leaning[free], kind="stable")]] = np.repeat(np.arange(1, 6), needed)


def _counts(number: int, quota: Quota) -> np.ndarray:
    """How many of `number` answers get each of the codes 1 to 5."""
    low, high = quota.low / 100, quota.high / 100
    edges = [low * EXTREME, low, 1 - high, 1 - high * EXTREME]
    return np.diff(np.rint(np.array([0, *edges, 1]) * number).astype(int))


def _best_number(available: int, quota: Quota) -> int:
    """The number of answers, at most `available`, at which the published sides come closest."""
    if not quota.published:
        return available
    slack = max(6, round(available * SLACK))

    def distance(number: int) -> float:
        shares = {"low": quota.low, "high": quota.high}
        return max(
            abs(round(number * shares[side] / 100) / number - shares[side] / 100)
            for side in quota.published
        )

    return min(range(available, available - slack, -1), key=distance)


def _members(people: pd.DataFrame, node: str) -> np.ndarray:
    """Who belongs to a line or a result area."""
    if node == ROOT:
        return np.ones(len(people), dtype=bool)
    if node == COUNTIES:
        return people["area"].str.startswith(f"{COUNTIES}-").to_numpy()
    return ((people["line"] == node) | (people["area"] == node)).to_numpy()


def _leaning(lean: Tilt, people: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    leaning = lean.content * people["contentment"].to_numpy() + random.normal(0, 1, len(people))
    leaning += people["role"].map(lean.roles).fillna(0).to_numpy()
    for node, shift in lean.nodes.items():
        leaning += shift * _members(people, node)
    return leaning
