"""A small release with the user survey and the activities: what mart_goal_2 and 5 hold of them.

Belongs here: literals and the tables made from them. Does not belong here: the employee survey.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.dashboard.small_release import dimensions, scorecard

INVENTED = {"is_demonstration": True, "source_file": "brukere.csv", "source_sha256": "5" * 64}
REAL = {"is_demonstration": False, "source_file": "andeler.csv", "source_sha256": "6" * 64}
GUIDANCE, SCORE, CONTEXT = (
    "trust_from_nav_guidance",
    "trust_from_nav_guidance_score",
    "trust_in_nav",
)
PROJECTS, COUNCILS = "development_projects", "user_councils_from_start"
THEMES, UNITS = "conversation_package_themes", "conversation_package_units"

# indicator, goal, name in both languages, measure, unit, domain, kind, headline
INDICATORS = [
    (PROJECTS, 2, "Utviklingsprosjekter", "Development projects", "count", "count", "activities",
     "key", True),
    (GUIDANCE, 5, "Tillit fra NAV", "Trust from NAV", "share", "share", "user_survey", "key", True),
    (SCORE, 5, "Skår for tillit", "Score for trust", "mean", "score", "user_survey", "key", False),
    (COUNCILS, 5, "Utvalg fra start", "Councils from the start", "share", "share", "activities",
     "key", True),
    (THEMES, 5, "Temaer", "Themes", "battery", "none", "activities", "key", False),
    (UNITS, 5, "Enheter som sendte", "Units that sent", "count", "count", "activities", "key",
     False),
    (CONTEXT, 5, "Tillit til NAV", "Trust in NAV", "share", "share", "user_survey", "context",
     False),
]  # fmt: skip

ALL = {"item_id": "all", "item_label_nb": "Alle", "item_label_en": "All", "item_order": 0}
WHOLE = {"category_id": "all", "category_kind": "all", "category_label_nb": "I alt",
         "category_label_en": "In all", "category_class": None, "category_order": 0}  # fmt: skip


def figure(indicator: str, period: str, value: float | None, **said: Any) -> dict[str, Any]:
    """One figure for the whole of NAV unless `said` differs; without n and interval."""
    names = {row[0]: row for row in INDICATORS}
    measure = {"battery": "count"}.get(names[indicator][4], names[indicator][4])
    return {
        "goal_id": names[indicator][1], "indicator_id": indicator, **ALL, "period": period,
        "node_id": "NAV", "role_id": None, "measure": measure, **WHOLE, "value": value,
        "lower": None, "upper": None, "n": None, "base": None, "status": "shown", **INVENTED,
        **said,
    }  # fmt: skip


def answered(
    indicator: str, period: str, value: float, spread: float, **said: Any
) -> dict[str, Any]:
    """A figure of 400 answers with its interval."""
    interval = {"lower": value - spread, "upper": value + spread, "n": 400}
    return figure(indicator, period, value, **{**interval, **said})


def item(name: str, order: int) -> dict[str, Any]:
    label = name.split(":")[1]
    return {"item_id": name, "item_label_nb": label, "item_label_en": label, "item_order": order}


def category(name: str, order: int) -> dict[str, Any]:
    return {"category_id": name, "category_kind": "category", "category_label_nb": name,
            "category_label_en": name, "category_order": order}  # fmt: skip


WITHHELD = {"value": None, "lower": None, "upper": None, "n": None, "status": "withheld"}


def users() -> list[dict[str, Any]]:
    """A published year, two years on one scale and one on another; 2025 also broken down."""
    return [
        figure(GUIDANCE, "2022", 0.9, **REAL),
        answered(GUIDANCE, "2023", 0.88, 0.02),
        answered(GUIDANCE, "2024", 0.89, 0.02),
        answered(GUIDANCE, "2025", 0.79, 0.02),
        answered(GUIDANCE, "2025", 0.7, 0.05, **item("user_group:unge", 2)),
        answered(GUIDANCE, "2025", 0.9, 0.05, **item("user_group:eldre", 1)),
        answered(GUIDANCE, "2025", 0, 0, **item("service:gjeld", 1), **{}) | WITHHELD,
        answered(GUIDANCE, "2025", 0.9, 0.05, node_id="NKS"),
        answered(GUIDANCE, "2025", 0.6, 0.05, node_id="FYL-AGD"),
        *(answered(SCORE, year, value, 1.2) for year, value in (("2023", 74.2), ("2025", 76.4))),
        figure(CONTEXT, "2023", 0.71, **REAL),
        figure(CONTEXT, "2025", 0.76, **REAL),
    ]


def activities() -> list[dict[str, Any]]:
    """Projects of a county with none too; packages in two arenas; matters by stage."""
    return [
        figure(PROJECTS, "2025", 7.0, base=7),
        figure(PROJECTS, "2025", 0.0, base=0, node_id="FYL-AGD"),
        figure(PROJECTS, "2025", 7.0, base=7, node_id="FYL-VEL"),
        figure(PROJECTS, "2025", 4.0, base=7, **category("ungdom", 1)),
        figure(PROJECTS, "2025", 3.0, base=7, **category("gjeld", 2)),
        *(
            figure(THEMES, "2025", value, base=base, **item(f"tema:{theme}", place), **where)
            for theme, place, value, base, where in [
                ("tid", 1, 9.0, 12, {}), ("tid", 1, 6.0, 8, category("medarbeidere", 1)),
                ("tid", 1, 3.0, 4, category("MBA", 2)), ("mål", 2, 5.0, 12, {}),
                ("mål", 2, 5.0, 8, category("medarbeidere", 1)),
                ("mål", 2, 0.0, 4, category("MBA", 2)),
            ]
        ),
        figure(UNITS, "2025", 3.0, base=5),
        figure(COUNCILS, "2024", 0.4, base=10),
        figure(COUNCILS, "2025", 0.6, base=20),
        figure(COUNCILS, "2025", 0.6, base=20, **category("fra start", 1)),
        figure(COUNCILS, "2025", 0.4, base=20, **category("etterpå", 3)),
    ]  # fmt: skip


def measurements() -> pd.DataFrame:
    """dim_user_measurement: 2022 published, 2025 on another scale."""
    rows = [
        (GUIDANCE, "2022", "published", "nearly", None, None),
        (GUIDANCE, "2023", "answers", "exact", "2022", "none"),
        (GUIDANCE, "2024", "answers", "exact", "2023", "none"),
        (GUIDANCE, "2025", "answers", "exact", "2024", "scale"),
        (SCORE, "2023", "answers", "exact", None, None),
        (SCORE, "2025", "answers", "exact", "2023", "scale"),
        (CONTEXT, "2023", "published", "exact", None, None),
        (CONTEXT, "2025", "published", "exact", "2023", "none"),
    ]
    columns = ["indicator_id", "period", "form", "comparator", "period_before",
               "comparability_break"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    is_broken = frame["comparability_break"] == "scale"
    is_published = frame["form"] == "published"
    return frame.assign(
        break_note_nb=pd.Series("Ny skala i 2025.", frame.index).where(is_broken, None),
        scale_name_nb=is_broken.map({True: "fem punkter", False: "seks punkter"}),
        scale_name_en=is_broken.map({True: "five points", False: "six points"}),
        break_note_en=pd.Series("A new scale in 2025.", frame.index).where(is_broken, None),
        source_title=pd.Series("Delrapport 1", frame.index).where(is_published, None),
        section=pd.Series("4.2.5", frame.index).where(is_published, None),
    )


def of_indicator(indicator: str) -> pd.DataFrame:
    rows = pd.DataFrame([*users(), *activities()])
    return rows[rows["indicator_id"] == indicator].reset_index(drop=True)


def tables() -> Mapping[str, pd.DataFrame]:
    """What the small release has besides, or in place of its own."""
    rows = pd.DataFrame([*users(), *activities()])
    names = ["indicator_id", "goal_id", "name_nb", "name_en", "measure", "unit", "domain", "kind",
             "is_headline"]  # fmt: skip
    indicators = pd.DataFrame(INDICATORS, columns=names).assign(
        sort_order=range(900, 900 + len(INDICATORS)),
        definition_nb="Definisjon", definition_en="Definition", population_nb="Brukere",
        population_en="Users", direction="none",
    )  # fmt: skip
    card = rows[(rows["item_id"] == "all") & (rows["category_id"] == "all")]
    card = card.merge(indicators[["indicator_id", "unit"]]).assign(
        compared_role_id=None, n_compared=None, source_ref="2025"
    )
    small = dimensions()
    years = small["dim_node"][small["dim_node"]["period"] == "2025"]
    more = [years.assign(period=year) for year in ("2022", "2024")]
    return {
        "dim_indicator": pd.concat([small["dim_indicator"], indicators]),
        "dim_node": pd.concat([small["dim_node"], *more]),
        "dim_user_measurement": measurements(),
        "mart_goal_2": rows[rows["goal_id"] == 2],
        "mart_goal_5": rows[rows["goal_id"] == 5],
        "mart_scorecard": pd.concat([scorecard({}), card[card["measure"] != "battery"]]),
    }
