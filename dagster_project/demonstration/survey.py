"""One demonstration wave: its respondents with all their answers.

Belongs here: the wave as a table, as codes or as labels, and what surrounds the answers.
Does not belong here: file formats and file names.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dagster_project.demonstration.answers import BLANK, answers
from dagster_project.demonstration.organisation import Unit
from dagster_project.demonstration.plan import RESPONDENTS
from dagster_project.demonstration.questionnaire import (
    ROLE_LABELS,
    SCALES,
    Item,
    questionnaire,
)
from dagster_project.demonstration.respondents import respondents

SEED = 20230601
LEAVES_EARLY = 0.02
COMMENTS_FROM = 0.02
# Free text is to be left at the door, so there has to be some.
COMMENTS = (
    "Takk for undersøkelsen.",
    "Fint at dere spør … Håper resultatene blir fulgt opp.",
    "Litt mange spørsmål; noen var ganske like.",
    "Kunne godt vært kortere.",
    "Savnet et spørsmål om opplæring av nyansatte.",
    "Vanskelig å skille spørsmålene om mål fra hverandre.",
)


@dataclass(frozen=True)
class Wave:
    """Respondents and answers of one wave; `answered` has one column of codes per question."""

    year: int
    items: list[Item]
    people: pd.DataFrame
    answered: pd.DataFrame
    comments: pd.Series
    minutes: pd.Series

    def codes(self) -> pd.DataFrame:
        """One column per column of the questionnaire; blank where not asked or not answered."""
        return pd.DataFrame(
            {
                column: self.answered[item.question].where(
                    self.people["role"].isin(roles) & (self.answered[item.question] != BLANK)
                )
                for item in self.items
                for column, roles in item.columns
            }
        )

    def labels(self) -> pd.DataFrame:
        """As `codes`, with the answers' Norwegian labels."""
        codes = self.codes()
        return pd.DataFrame(
            {name: codes[name].map(labels) for name, labels in self.value_labels().items()}
        )

    def value_labels(self) -> dict[str, dict[int, str]]:
        """The labels of each column's codes."""
        return {column: SCALES[item.scale] for item in self.items for column, _ in item.columns}

    def column_labels(self) -> dict[str, str]:
        """What each column asks about."""
        return {column: item.label for item in self.items for column, _ in item.columns}


def answered_wave(year: int, units: list[Unit]) -> Wave:
    """The whole wave of `year` in the organisation `units`; the same each time."""
    random = np.random.default_rng([SEED, year])
    people = respondents(units, RESPONDENTS[year], year, random)
    items = questionnaire(year)
    leaves_at = _leaves_at(len(people), len(items), random)
    answered = pd.DataFrame(
        {
            item.question: answers(item, year, people, leaves_at > position, random)
            for position, item in enumerate(items)
        }
    )
    comments = pd.Series(random.choice(COMMENTS, len(people))).where(
        random.random(len(people)) < COMMENTS_FROM, ""
    )
    minutes = pd.Series(random.gamma(6, 2, len(people)).round(1) + 2)
    return Wave(year, items, people, answered, comments, minutes)


def role_labels(roles: pd.Series) -> pd.Series:
    """The roles as a file with labels spells them."""
    return roles.map(ROLE_LABELS)


def role_codes(roles: pd.Series) -> pd.Series:
    """The roles as a file with codes numbers them."""
    return roles.map({role: number for number, role in enumerate(ROLE_LABELS, start=1)})


def _leaves_at(people: int, items: int, random: np.random.Generator) -> np.ndarray:
    """The position of the item at which each respondent leaves; most never do."""
    leaves = random.random(people) < LEAVES_EARLY
    return np.where(leaves, random.integers(items // 3, items, people), items)
