"""Who answers a demonstration survey: from which unit, in which role.

Belongs here: response rates and the table of respondents without answers.
Does not belong here: what they answer.
"""

import numpy as np
import pandas as pd

from dagster_project.demonstration.organisation import ROLES, Unit, leaf_units

# Leaders and representatives answer more often than staff, small units less often than large ones.
ROLE_RATES = {"staff": 0.155, "leader": 0.32, "union_rep": 0.40, "safety_rep": 0.27}
TYPICAL_UNIT = 120


def respondents(
    units: list[Unit], number: int, year: int, random: np.random.Generator
) -> pd.DataFrame:
    """Exactly `number` respondents, shuffled: respondent_id, unit, area, line, role, contentment.

    Never more than there are people of that role in the unit.
    """
    leaves = leaf_units(units)
    cells = pd.DataFrame(
        [
            {"unit": unit.code, "area": unit.area, "line": unit.line, "role": role,
             "people": unit.headcount()[role], "size": unit.people}
            for unit in leaves
            for role in ROLES
        ]
    )  # fmt: skip
    mood = dict(zip((unit.code for unit in leaves), random.normal(0, 1, len(leaves)), strict=True))
    cells["mood"] = cells["unit"].map(mood)
    answering = _answering(cells, number, random)
    people = cells.loc[cells.index.repeat(answering)].drop(columns=["people", "size"])
    people = people.sample(frac=1, random_state=random).reset_index(drop=True)
    people["contentment"] = 0.25 * people.pop("mood") + random.normal(0, 1, number)
    people.insert(0, "respondent_id", [f"DEMO-{year % 100}-{i:05d}" for i in range(1, number + 1)])
    return people


def _answering(cells: pd.DataFrame, number: int, random: np.random.Generator) -> np.ndarray:
    """How many answer in each cell of unit and role: a systematic draw with exactly `number`."""
    units = cells.groupby("unit", sort=False)["size"].first()
    liveliness = units.div(TYPICAL_UNIT).pow(0.25) * np.exp(random.normal(0, 0.15, len(units)))
    expected = cells["people"] * cells["role"].map(ROLE_RATES) * cells["unit"].map(liveliness)
    reached = np.floor(np.cumsum(expected.to_numpy()) * number / expected.sum() + 1e-9)
    reached[-1] = number
    return np.diff(reached, prepend=0).astype(int)
