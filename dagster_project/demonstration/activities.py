"""The demonstration activities: projects, grant initiatives, conversation packages, user councils.

Belongs here: what is registered where and when. Everything is invented; only the counts of 2023
agree with what was published. Does not belong here: file formats (formats.py).
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from dagster_project.demonstration import published as pub
from dagster_project.demonstration.organisation import Unit, leaf_units

SEED = 6
YEARS = (2023, 2024, 2025)

PROJECTS = {2023: pub.PROJECTS_MORE_THAN + 7, 2024: 66, 2025: 71}
INITIATIVES = {2023: pub.GRANT_INITIATIVES_MORE_THAN + 24, 2024: 231, 2025: 219}
COUNCIL_CASES = {2023: 96, 2024: 118, 2025: 131}
# Units that held packages, and those of them that sent challenges to the secretariat.
UNITS_WITH_PACKAGES = {2023: (47, pub.UNITS_THAT_SENT_CHALLENGES), 2024: (38, 22), 2025: (31, 17)}

PROJECT_THEMES = {
    "Ungdom": 0.2,
    "Arbeidsinkludering": 0.25,
    "Samarbeid med helsetjenesten": 0.15,
    "Flyktninger og integrering": 0.13,
    "Familier med lav inntekt": 0.1,
    "Økonomi og gjeld": 0.07,
    "Digitale brukermøter": 0.1,
}
ARENAS = {"Medarbeidere": 1.0, "MBA": 0.6, "Brukerutvalg": 0.35}  # how many units use each
THEMES = {
    "T01": 0.62,
    "T02": 0.44,
    "T03": 0.38,
    "T04": 0.35,
    "T05": 0.5,
    "T06": 0.27,
    "T07": 0.33,
    "T08": 0.22,
}
SENDING = "Medarbeidere"  # every unit holds a package there
USERS_OWN_THEME, USERS_OWN_SHARE = "T06", 0.85  # what councils talk of
STAGES = ("Fra start", "Underveis", "Etterpå", "Ikke involvert", "")
STAGE_SHARES = {
    2023: (0.31, 0.29, 0.17, 0.15, 0.08),
    2024: (0.36, 0.29, 0.15, 0.13, 0.07),
    2025: (0.41, 0.28, 0.13, 0.12, 0.06),
}


def projects(year: int, units: list[Unit]) -> pd.DataFrame:
    """The register of development projects in one year; a third stand on a county as a whole."""
    random = np.random.default_rng([SEED, year, 1])
    size = PROJECTS[year]
    counties, offices = _counties(units), _offices(units)
    at_county = random.random(size) < 1 / 3
    places = np.where(at_county, random.choice(counties, size), random.choice(offices, size))
    started = [f"{year - back}-{month:02d}" for back, month in _months(size, random)]
    return pd.DataFrame(
        {
            "År": year,
            "Prosjekt": [f"EB-{year}-{number:03d}" for number in range(1, size + 1)],
            "Sted": places,
            "Tema": _themes(size, random),
            "Startet": started,
            "Register": "Erfaringsbasen",
        }
    )


def initiatives(year: int, units: list[Unit]) -> pd.DataFrame:
    """The initiatives under the grant for social services in one year, with the amount in NOK."""
    random = np.random.default_rng([SEED, year, 2])
    size = INITIATIVES[year]
    return pd.DataFrame(
        {
            "År": year,
            "Satsing": [f"TS-{year}-{number:04d}" for number in range(1, size + 1)],
            "Fylke": random.choice(_counties(units), size),
            "Tema": _themes(size, random),
            "Beløp": [float(tens) * 10_000 for tens in random.integers(20, 240, size)],
        }
    )


def packages(year: int, units: list[Unit]) -> pd.DataFrame:
    """The conversation packages held in one year, one row for each unit and arena."""
    random = np.random.default_rng([SEED, year, 3])
    held, sent = UNITS_WITH_PACKAGES[year]
    chosen = random.choice([unit.code for unit in leaf_units(units)], held, replace=False)
    rows: list[dict[str, object]] = []
    for place, unit in enumerate(chosen):
        for arena, share in ARENAS.items():
            if random.random() >= share:
                continue
            rows.append(
                {
                    "Gjennomføring": f"SP-{year}-{len(rows) + 1:03d}",
                    "Enhet": str(unit),
                    "Arena": arena,
                    "Dato": _day(year, random),
                    "Temaer": ";".join(_raised(arena, random)),
                    "Utfordringer sendt": "ja" if arena == SENDING and place < sent else "nei",
                    "Deltakere": int(random.integers(5, 40)),
                }
            )
    return pd.DataFrame(rows)


def council_cases(year: int, units: list[Unit]) -> pd.DataFrame:
    """Matters in which the local user council could come in, and when it did."""
    random = np.random.default_rng([SEED, year, 4])
    size = COUNCIL_CASES[year]
    return pd.DataFrame(
        {
            "Sak": [f"BU-{year}-{number:03d}" for number in range(1, size + 1)],
            "Enhet": random.choice(_offices(units), size),
            "Dato": [_day(year, random) for _ in range(size)],
            "Involvert": random.choice(STAGES, size, p=STAGE_SHARES[year]),
        }
    )


def _counties(units: list[Unit]) -> list[str]:
    return [unit.code for unit in units if unit.level == "Resultatområde" and unit.region]


def _offices(units: list[Unit]) -> list[str]:
    return [unit.code for unit in leaf_units(units) if unit.region]


def _themes(size: int, random: np.random.Generator) -> np.ndarray:
    return random.choice(list(PROJECT_THEMES), size, p=list(PROJECT_THEMES.values()))


def _months(size: int, random: np.random.Generator) -> list[tuple[int, int]]:
    """For each project how many years back, and in which month, it began."""
    return [
        (int(back), int(month))
        for back, month in zip(
            random.integers(0, 3, size), random.integers(1, 13, size), strict=True
        )
    ]


def _day(year: int, random: np.random.Generator) -> str:
    return f"{date(year, 1, 9) + timedelta(days=int(random.integers(0, 340))):%d.%m.%Y}"


def _raised(arena: str, random: np.random.Generator) -> list[str]:
    """The themes of one package; at least one."""
    shares = dict(THEMES)
    if arena == "Brukerutvalg":
        shares[USERS_OWN_THEME] = USERS_OWN_SHARE
    raised = [theme for theme, share in shares.items() if random.random() < share]
    return raised or [next(iter(THEMES))]
