"""Registers for the small release: two pilots, the second incomplete, and three measures.

Belongs here: literals, and the release with them in it. Does not belong here: the pipeline.
"""

from pathlib import Path

import pandas as pd

from tests.dashboard import small_release

SOURCE = {"is_demonstration": True, "source_file": "register.xlsx", "source_sha256": "9" * 64}
PERIOD = "2025"
INDICATORS = {
    "pilots_by_status": (2, "count", "count", "pilots", True, "Forsøk etter status", "Pilots"),
    "pilots_with_mandate_parts": (2, "share", "share", "pilots", True, "Med alle deler", "Whole"),
    "measures_goal_2": (2, "count", "count", "measures", False, "Tiltak", "Measures"),
}
VALUES = {"pilots_by_status": 2, "pilots_with_mandate_parts": 0.5, "measures_goal_2": 3}


def day(text: str | None) -> pd.Timestamp:
    return pd.Timestamp(text) if text else pd.NaT


def pilots() -> pd.DataFrame:
    """A whole pilot, and one without cost estimate, evaluation and answer on frames."""
    whole = {
        "pilot_id": "P1", "period": PERIOD, "goal_id": 2, "name_nb": "Samlet ansvar",
        "name_en": "Whole cases", "purpose": "Mer rom for skjønn",
        "unit_names": "Enhet 01", "comparison_unit_names": "Enhet 02", "n_units": 1,
        "n_comparison_units": 1, "start_date": day("2024-05-01"), "end_date": day("2025-12-31"),
        "status_id": "in_progress", "status_nb": "Pågår", "status_en": "In progress",
        "status_order": 2, "cost_estimate": 1_400_000.0, "cost_so_far": 720_000.0,
        "primary_metric_nb": "Dager", "primary_metric_en": "Days", "direction": "down",
        "evaluation_design": "Før og etter", "has_purpose": True, "has_timeline": True,
        "has_cost_estimate": True, "has_plan": True, "has_evaluation": True,
        "has_all_parts": True, "frames_nb": "Innenfor", "frames_en": "Within",
        "is_within_frames": True, **SOURCE, "source_row": 2,
    }  # fmt: skip
    lacking = whole | {
        "pilot_id": "P2", "name_nb": "Lokale mål", "name_en": "Local goals",
        "status_id": "planned", "status_nb": "Planlagt", "status_en": "Planned",
        "status_order": 1, "cost_estimate": None, "cost_so_far": None,
        "evaluation_design": None, "has_cost_estimate": False, "has_plan": False,
        "has_evaluation": False, "has_all_parts": False, "frames_nb": "Uavklart",
        "frames_en": "Not settled", "is_within_frames": None,
    }  # fmt: skip
    return pd.DataFrame([whole, lacking])


def milestones() -> pd.DataFrame:
    return pd.DataFrame(
        {"pilot_id": pilot, "milestone_number": number, "milestone": what,
         "milestone_date": day(when), **SOURCE}
        for pilot, number, what, when in [
            ("P1", 1, "Oppstart", "2024-05-01"), ("P1", 2, "Halvveis", "2025-02-01"),
            ("P1", 3, "Slutt", "2025-12-31"), ("P2", 1, "Oppstart", "2024-05-01"),
        ]
    )  # fmt: skip


def metrics() -> pd.DataFrame:
    """Three months of P1 in both groups; the last comparison month is withheld."""
    names = {"pilot": ("Forsøksenheter", "Pilot units"), "comparison": ("Andre", "Others")}
    return pd.DataFrame(
        {"pilot_id": "P1", "metric_id": "Dager", "metric_month": day(f"2024-{month}-01"),
         "group_id": group, "group_nb": names[group][0], "group_en": names[group][1],
         "value": value, "n_units": 1, "n_cases": None if value is None else 40,
         "status": "withheld" if value is None else "shown", **SOURCE}
        for group, month, value in [
            ("comparison", "04", 41.0), ("comparison", "05", 42.0), ("comparison", "06", None),
            ("pilot", "04", 46.5), ("pilot", "05", 45.0), ("pilot", "06", 44.0),
        ]
    )  # fmt: skip


def measures() -> pd.DataFrame:
    """One that stands still, one that is due, one that is carried out."""
    return pd.DataFrame(
        {"measure_id": measure, "goal_id": 2, "title_nb": f"Tiltak {measure}",
         "title_en": f"Measure {measure}", "finding_ids": "F-07", "finding_nb": "Et funn",
         "finding_en": "A finding", "kind_nb": "Tiltak", "kind_en": "Measure",
         "measure_owner": "NAV Agder", "level_nb": "Fylke", "level_en": "County",
         "status_id": status, "status_nb": status, "status_en": status, "status_order": 1,
         "registered_on": day("2024-01-01"), "last_changed_on": day("2024-06-01"),
         "due_on": day(due), "as_of": day("2025-06-01"), "days_since_change": 365,
         "standing_still_days": 180, "is_open": status != "done",
         "is_standing_still": is_still, "is_overdue": is_overdue, **SOURCE}
        for measure, status, due, is_still, is_overdue in [
            ("T1", "done", "2024-02-01", False, False),
            ("T2", "decided", "2025-05-01", True, True),
            ("T3", "proposed", None, True, False),
            ("T4", "in_progress", "2025-12-01", False, False),
        ]
    )  # fmt: skip


def goal_2() -> pd.DataFrame:
    """The registers' figures as the goal's mart has them."""
    columns = ["indicator_id", "item_id", "item_label_nb", "item_label_en", "item_order",
               "measure", "category_id", "category_kind", "category_label_nb",
               "category_label_en", "category_order", "value", "base"]  # fmt: skip
    rows = [
        ("pilots_with_mandate_parts", "all", "Alle tre delene", "All three parts", 0, "share",
         "all", "all", "I alt", "In all", 0, 0.5, 2),
        ("pilots_with_mandate_parts", "evaluation", "Evaluering", "Evaluation", 3, "share",
         "all", "all", "I alt", "In all", 0, 0.5, 2),
        *(("measures_goal_2", "all", "Alle", "All", 0, "count", status, "category", label, label,
           order, value, 4)
          for order, (status, label, value) in enumerate(
              [("proposed", "Foreslått", 1), ("decided", "Besluttet", 1), ("done", "Gjort", 2)])),
    ]  # fmt: skip
    figures = pd.DataFrame(rows, columns=columns)
    return figures.assign(
        goal_id=2, period=PERIOD, node_id="NAV", role_id=None, category_class=None, lower=None,
        upper=None, n=None, status="shown", **SOURCE,
    )  # fmt: skip


def tables() -> dict[str, pd.DataFrame]:
    """The registers, and the small release's own tables with their indicators and figures."""
    own = small_release.marts()
    indicators, scorecard = own["dim_indicator"], own["mart_scorecard"]
    for name, (goal, measure, unit, domain, is_headline, nb, en) in INDICATORS.items():
        texts = {f"{what}_{lang}": text for what in ("name", "definition", "population")
                 for lang, text in (("nb", nb), ("en", en))}  # fmt: skip
        indicator = {
            "indicator_id": name, "goal_id": goal, "measure": measure, "unit": unit,
            "domain": domain, "is_headline": is_headline, "sort_order": 900, "role_id": None,
            "direction": "none", "kind": "key", **texts,
        }  # fmt: skip
        figure = {
            "indicator_id": name, "goal_id": goal, "measure": measure, "unit": unit,
            "period": PERIOD, "node_id": "NAV", "value": VALUES[name], "base": 2,
            "status": "shown", **SOURCE,
        }  # fmt: skip
        indicators = pd.concat([indicators, pd.DataFrame([indicator])], ignore_index=True)
        scorecard = pd.concat([scorecard, pd.DataFrame([figure])], ignore_index=True)
    return {
        "dim_indicator": indicators,
        "mart_scorecard": scorecard,
        "mart_goal_2": goal_2(),
        "mart_pilot": pilots(),
        "mart_pilot_milestone": milestones(),
        "mart_pilot_metric": metrics(),
        "mart_measure": measures(),
    }


def write_release(data: Path) -> None:
    """The small release with registers in it."""
    small_release.write_release(data, "d0d0d0d0d0d0", more=tables())
