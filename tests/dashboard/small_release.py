"""A small release, written as the pipeline writes one: enough to draw every page from.

Belongs here: the marts made from small_tables.py, the release folder, a run's quality record.
Does not belong here: the pipeline; nothing of it is imported, so that the dashboard is tested
against the release's form alone.
"""

import hashlib
import json
import math
import os
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pandas as pd

from tests.dashboard import small_letters
from tests.dashboard import small_tables as small

MINIMUM = 10
Z = 1.959963984540054
LEVELS = ["nav", "line", "result_area", "unit"]
RESPONDENTS = small.ROLES[0][3].split()
MEMBERS = {role: members.split() for role, _, _, members in small.ROLES}
PARENT = {node: parent or None for node, _, parent, *_ in small.NODES}
QUESTION = {row[0]: row for row in small.QUESTIONS}
BREAKS = {(wave, question): rest for wave, question, *rest in small.BREAKS}
SCALE = {
    scale: [row[1:] for row in small.ANSWERS if row[0] == scale] for scale, *_ in small.ANSWERS
}  # each answer's class and labels

Tallies = dict[tuple[str, str, str, str], Counter[int]]


def waves_of(question: str) -> list[str]:
    return small.WAVES[small.WAVES.index(QUESTION[question][7]) :]


def nodes_in(wave: str) -> list[list[str]]:
    return [row for row in small.NODES if wave in row[5].split()]


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of k of n."""
    p = k / n
    middle, spread = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return (middle - spread) / (1 + Z * Z / n), (middle + spread) / (1 + Z * Z / n)


def answered(question: str, wave: str, place: int, role: str, size: int) -> Counter[int]:
    """How many gave each answer: the question's percentages, leaning a little by place."""
    lean = small.LEADERS_LEAN.get(question, 0) if role == "leader" else 0
    tilt = place % 5 - 2 + (2 if wave == "2025" else 0) + lean
    percents = [int(p) for p in QUESTION[question][6].split()]
    weights = [max(1, p + tilt * (i - 2)) for i, p in enumerate(percents)]
    return Counter({i: round(size * w / sum(weights)) for i, w in enumerate(weights, start=1)})


def counts() -> Tallies:
    """Answers by wave, question, node and reporting role: every node counts in those above it."""
    found: Tallies = {}
    for question in QUESTION:
        for wave in waves_of(question):
            for place, (node, _, _, _, sizes, _) in enumerate(nodes_in(wave)):
                for role, size in zip(RESPONDENTS, sizes.split(), strict=True):
                    own = answered(question, wave, place, role, int(size))
                    above: str | None = node
                    while above:
                        for reporting, members in MEMBERS.items():
                            if role in members:
                                key = (wave, question, above, reporting)
                                found.setdefault(key, Counter()).update(own)
                        above = PARENT[above]
    return {key: tally for key, tally in found.items() if tally.total()}


def figure(value: float, low: float | None, high: float | None, n: int) -> dict[str, Any]:
    """Value, a point less without weights, interval, n and status; withheld under the minimum."""
    if n < MINIMUM:
        empty = dict.fromkeys(["value", "value_unweighted", "lower", "upper", "n"])
        return empty | {"is_weighted": True, "status": "withheld"}
    return {"value": value, "value_unweighted": value - 0.01, "lower": low, "upper": high, "n": n,
            "is_weighted": True, "status": "shown"}  # fmt: skip


def share(k: int, n: int) -> dict[str, Any]:
    return figure(k / n, *wilson(k, n), n)


def by_class(question: str, tally: Counter[int]) -> Counter[str]:
    """How many answered within each class."""
    classes: Counter[str] = Counter()
    for code, (answer_class, _, _) in enumerate(SCALE[QUESTION[question][3]], start=1):
        classes[answer_class] += tally[code]
    return classes


def category(
    measure: str,
    category_id: str,
    kind: str,
    answer_class: str | None,
    order: int,
    label_nb: str,
    label_en: str,
) -> dict[str, Any]:
    return {
        "measure": measure,
        "category_id": category_id,
        "category_kind": kind,
        "category_class": answer_class,
        "category_order": order,
        "category_label_nb": label_nb,
        "category_label_en": label_en,
    }


def measures(question: str, tally: Counter[int]) -> list[dict[str, Any]]:
    """Every measure of one question: shares by answer and class, balance, strength."""
    n, classes = tally.total(), by_class(question, tally)
    rows = [
        category("share", str(code), "answer", answer_class, code, nb, en) | share(tally[code], n)
        for code, (answer_class, nb, en) in enumerate(SCALE[QUESTION[question][3]], start=1)
    ]
    rows += [
        category("share", name, "class", name, order, nb, en) | share(classes[name], n)
        for order, (name, nb, en) in enumerate(small.CLASSES, start=1)
    ]
    either = classes["positive"] + classes["negative"]
    balance = (classes["positive"] - classes["negative"]) / n
    whole = ("all", "all", None, 0, "Hele skalaen", "Whole scale")
    rows.append(category("strength", *whole) | share(either, n))
    rows.append(category("balance", *whole) | figure(balance, balance - 0.05, balance + 0.05, n))
    return rows


def source(wave: str) -> dict[str, Any]:
    file, digest = small.SOURCES[wave]
    return {"is_demonstration": True, "source_file": file, "source_sha256": digest}


def goal_mart(goal_id: int, tallies: Tallies) -> pd.DataFrame:
    """A goal's mart, with the ranks by strength within each battery."""
    rows = []
    for indicator_id, goal, *_, items in small.INDICATORS:
        for (wave, question, node, role), tally in tallies.items():
            if goal != str(goal_id) or question not in items.split():
                continue
            item = {
                "goal_id": goal_id, "indicator_id": indicator_id, "item_id": question,
                "item_label_nb": QUESTION[question][4], "item_label_en": QUESTION[question][5],
                "item_order": list(QUESTION).index(question), "period": wave, "node_id": node,
                "role_id": role, "base": None,
            }  # fmt: skip
            rows += [item | source(wave) | measure for measure in measures(question, tally)]
    mart = pd.DataFrame(rows)
    ranks = mart[mart["measure"] == "strength"].assign(
        measure="rank_strength", lower=None, upper=None
    )
    group = ranks.groupby(["indicator_id", "period", "node_id", "role_id"])["value"]
    return pd.concat([mart, ranks.assign(value=group.rank(method="min", ascending=False))])


def gap(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The difference of two shares, withheld where either is."""
    if "withheld" in (one["status"], other["status"]):
        return figure(0, None, None, 0) | {"n_compared": None}
    p, q = one["value"], other["value"]
    down = p - q - math.hypot(p - one["lower"], other["upper"] - q)
    up = p - q + math.hypot(one["upper"] - p, q - other["lower"])
    return figure(p - q, down, up, one["n"]) | {"n_compared": other["n"]}


def scorecard(tallies: Tallies) -> pd.DataFrame:
    """One row per indicator, wave, node and role; one without evidence where there is none."""
    rows = []
    for indicator in small.INDICATORS:
        indicator_id, goal, _, _, measure, answer_class, role_id, compared, unit, *_, items = (
            indicator
        )
        base = {"goal_id": int(goal), "indicator_id": indicator_id, "measure": measure,
                "unit": unit, "compared_role_id": compared or None, "n_compared": None,
                "base": None}  # fmt: skip
        if not items:
            place = {"period": "none", "node_id": "NAV", "role_id": role_id}
            nothing = figure(0, None, None, 0) | {"status": "no_evidence"}
            rows.append(base | place | nothing | {"is_demonstration": False})
        for (wave, question, node, role), tally in tallies.items():
            if question != items or (measure != "share" and role != role_id):
                continue
            classes = by_class(question, tally)
            numbers = share(classes[answer_class], tally.total())
            if measure == "rank":
                numbers = figure(7.0, None, None, tally.total())
            if measure == "gap":
                other = tallies.get((wave, question, node, compared))
                if other is None:
                    continue
                theirs = share(by_class(question, other)[answer_class], other.total())
                numbers = gap(numbers, theirs)
            place = {"period": wave, "node_id": node, "role_id": role}
            rows.append(base | place | source(wave) | numbers)
    return pd.DataFrame(rows)


def dimensions() -> dict[str, pd.DataFrame]:
    """Goals, indicators, roles, the organisation and the questions."""
    names = ["indicator_id", "goal_id", "name_nb", "name_en", "measure", "answer_class", "role_id",
             "compared_role_id", "unit", "domain", "is_headline", "items"]  # fmt: skip
    indicators = pd.DataFrame([*small.INDICATORS, *small_letters.indicators()], columns=names)
    indicators = indicators.assign(
        goal_id=indicators["goal_id"].astype(int),
        sort_order=range(len(indicators)),
        is_headline=indicators["is_headline"] == "yes",
        definition_nb="Definisjon av " + indicators["name_nb"].str.lower(),
        definition_en="Definition of " + indicators["name_en"].str.lower(),
        population_nb="Ansatte som svarte",
        population_en="Employees who answered",
        direction="none",
        kind="key",
    )
    goals = pd.DataFrame(
        small.GOALS,
        columns=["goal_id", "short_name_nb", "short_name_en", "description_nb", "description_en"],
    )
    roles = pd.DataFrame(small.ROLES, columns=["role_id", "name_nb", "name_en", "members"])
    return {
        "dim_goal": goals.assign(goal_id=goals["goal_id"].astype(int)),
        "dim_indicator": indicators.drop(columns="items"),
        "dim_role": roles.drop(columns="members").assign(sort_order=range(len(roles))),
        "dim_node": organisation(),
        "dim_question": questions(),
    }


def organisation() -> pd.DataFrame:
    """One row per wave and node."""
    return pd.DataFrame(
        {"node_id": node, "period": wave, "name": name, "parent_node_id": parent or None,
         "level": level, "level_order": LEVELS.index(level), "sort_order": order,
         "predecessor_node_ids": None}
        for wave in small.WAVES
        for order, (node, name, parent, level, _, _) in enumerate(nodes_in(wave))
    )  # fmt: skip


def questions() -> pd.DataFrame:
    """One row per wave and question; each is comparable with the wave before unless it broke."""
    rows = []
    for order, (question, goal, battery, scale, nb, en, *_) in enumerate(small.QUESTIONS):
        waves = waves_of(question)
        for before, wave in zip([None, *waves], waves, strict=False):
            broke, note_nb, note_en = BREAKS.get((wave, question), ["none", None, None])
            rows.append(
                {"period": wave, "question_id": question, "question_order": order,
                 "battery_id": battery or None, "goal_id": int(goal), "label_nb": nb,
                 "label_en": en, "wording_nb": f"Hvordan er det med {nb.lower()}?",
                 "wording_en": f"What about {en.lower()}?", "asked_of": "alle",
                 "scale_id": scale, "is_illustrative": question in small.ILLUSTRATIVE,
                 "comparable_wave": before, "comparability_break": broke if before else None,
                 "break_note_nb": note_nb, "break_note_en": note_en}
            )  # fmt: skip
    return pd.DataFrame(rows)


def published() -> dict[str, pd.DataFrame]:
    """Published figures and findings, and the reconciliation: agreeing, not, and not delivered."""
    names = ["figure_id", "goal_id", "measure_nb", "measure_en", "population_nb", "population_en",
             "value", "value_high", "unit", "comparator", "period", "section"]  # fmt: skip
    figures = pd.DataFrame(small.FIGURES, columns=names).assign(**small.SOURCE_OF_PUBLISHED)
    figures["value_high"] = figures["value_high"].where(figures["value_high"] != "", None)
    figures["goal_id"] = figures["goal_id"].astype(int)
    findings = pd.DataFrame(
        small.FINDINGS, columns=["finding_id", "goal_id", "finding_nb", "finding_en", "section"]
    ).assign(**small.SOURCE_OF_PUBLISHED)
    findings["goal_id"] = findings["goal_id"].astype(int)
    theirs = {"value": "published_value", "value_high": "published_value_high"}
    reconciliation = figures.rename(columns=theirs).assign(
        our_value=[0.7593, 0.15, None],
        our_value_high=[None, 0.31, None],
        n=[3660, 3660, None],
        agrees=[True, False, None],
        note_nb=["", "Spennet er litt bredere.", ""],
        note_en=["", "The range is a little wider.", ""],
    )
    return {
        "mart_published_figure": figures,
        "mart_published_finding": findings,
        "mart_reconciliation": reconciliation,
    }


@cache
def marts() -> dict[str, pd.DataFrame]:
    """Every table of the small release, by name; made once, and not to be changed."""
    tallies = counts()
    goals = {f"mart_goal_{goal}": goal_mart(goal, tallies) for goal in (1, 3, 4)}
    goals["mart_goal_4"] = pd.concat([goals["mart_goal_4"], small_letters.figures()])
    card = pd.concat([scorecard(tallies), small_letters.scorecard()])
    letters = {"mart_letter": small_letters.letters()}
    return dimensions() | goals | {"mart_scorecard": card} | letters | published()


# The data dictionary

WORDS = ["part", "table", "table_nb", "table_en", "column", "type", "is_required", "definition_nb",
         "definition_en", "asked_nb", "asked_en", "wording_nb", "wording_en", "valid_values_nb",
         "valid_values_en", "missing_codes_nb", "missing_codes_en", "files", "headings",
         "references"]  # fmt: skip


def dictionary() -> pd.DataFrame:
    """The columns of one released table, of one file, and one question put in two wordings."""
    rows = [
        {"part": "release", "table": "dim_goal", "table_nb": "ett mål", "table_en": "one goal",
         "column": "goal_id", "type": "integer", "definition_nb": "Mål, 1 til 5.",
         "definition_en": "Goal, 1 to 5.", "valid_values_nb": "1 | 2", "valid_values_en": "1 | 2"},
        {"part": "input", "table": "organisation", "table_nb": "én enhet", "table_en": "one unit",
         "column": "unit_code", "type": "text", "definition_nb": "Enhetsnr",
         "definition_en": "Unit code", "headings": "Enhetsnr | Enhet"},
    ]  # fmt: skip
    for groups, asked, wording in (
        (("Ledere", "Leaders"), "L1", ("Jeg gir handlingsrom", "I give room")),
        (("Medarbeidere", "Staff"), "M1", ("Jeg har handlingsrom", "I have room")),
    ):
        rows.append(
            {"part": "survey", "table": "survey_2025", "table_nb": "ett svar",
             "table_en": "one response", "column": "q_room", "headings": asked, "type": "code",
             "definition_nb": "Handlingsrom", "definition_en": "Room",
             "asked_nb": groups[0], "asked_en": groups[1],
             "wording_nb": wording[0], "wording_en": wording[1],
             "valid_values_nb": "1 = Uenig | 2 = Enig", "valid_values_en": "1 = Disagree",
             "missing_codes_nb": "9 = Vet ikke", "missing_codes_en": "9 = Don't know"}
        )  # fmt: skip
    return pd.DataFrame(rows, columns=WORDS).fillna("")


# Lineage

STEPS = [
    "file survey/medarbeiderundersokelsen_2025.xlsx raw survey ingest",
    "file organisation/organisasjon_2025.csv raw organisation ingest",
    "raw survey intermediate int_survey__estimates dagster",
    "raw organisation intermediate int_survey__estimates dagster",
    "intermediate int_survey__estimates marts mart_scorecard dagster",
    "marts mart_scorecard protected mart_scorecard dagster",
    "protected mart_scorecard page page_overview dbt",
    "protected mart_scorecard page page_goal_1 dbt",
]


def lineage() -> pd.DataFrame:
    """What is made from what, for the survey's figures alone."""
    columns = ["from_stop", "from_name", "to_stop", "to_name", "told_by"]
    return pd.DataFrame([step.split() for step in STEPS], columns=columns)


# Quality


def quality(release_id: str) -> pd.DataFrame:
    """A check on the survey's files, one that warned of a few rows, and a gate without checks."""
    common = {"release_id": release_id, "column_name": "", "since": "2026-11-20T20:00:00+00:00"}
    rows = [
        {"gate": "raw_survey", "check_name": "expect_column_values_to_not_be_null",
         "table_name": "raw.survey", "input_file": "survey/medarbeiderundersokelsen_2025.xlsx",
         "status": "passed", "observed_value": "0 of 500 rows", "limit_value": "mostly = 1",
         "rows_affected": "0", "goals": "1 3", "says_nb": "hver rad har en rolle",
         "says_en": "every row has a role"},
        {"gate": "dbt_marts", "check_name": "test", "table_name": "marts.mart_scorecard",
         "input_file": "",
         "status": "warned", "observed_value": "fewer than 10 rows", "limit_value": "rows = 0",
         "rows_affected": "", "goals": "1 2 3 4 5", "says_nb": "hvert tall er vektet",
         "says_en": "every figure is weighted"},
        {"gate": "raw_directives", "check_name": "gate", "table_name": "raw.directives",
         "input_file": "",
         "status": "not_delivered", "observed_value": "", "limit_value": "", "rows_affected": "",
         "goals": "4", "says_nb": "", "says_en": ""},
    ]  # fmt: skip
    return pd.DataFrame([common | row for row in rows])


# The folder


def write_tables(file: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables into a DuckDB file, in place of those of the same name."""
    con = duckdb.connect(str(file))
    for name, rows in tables.items():
        con.register("rows_of_table", rows)
        con.execute(f'create or replace table "{name}" as select * from rows_of_table')
        con.unregister("rows_of_table")
    con.close()


@cache
def marts_file() -> bytes:
    """The file of the small release's own tables, which every test begins with."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "marts.duckdb"
        write_tables(file, marts())
        return file.read_bytes()


def write_release(
    data: Path,
    release_id: str,
    *,
    is_demonstration: bool = True,
    more: Mapping[str, pd.DataFrame] | None = None,
    created_at: str = "2026-11-20T20:15:00+00:00",
) -> Path:
    """Write the release and point `current` to it, in one step as the pipeline does.

    more: tables of evidence that the small release does without, or rows in place of its own.
    """
    folder = data / "releases" / release_id
    (folder / "quality").mkdir(parents=True)
    tables = marts() | dict(more or {})
    (folder / "marts.duckdb").write_bytes(marts_file())
    write_tables(folder / "marts.duckdb", more or {})
    (folder / "quality" / "report.html").write_text("<title>Report</title>", encoding="utf-8")
    dictionary().to_csv(folder / "dictionary.csv", index=False)
    lineage().to_csv(folder / "lineage.csv", index=False)
    quality(release_id).to_csv(folder / "quality" / "mart_quality.csv", index=False)
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    passed = {"status": "passed", "failed": 0, "message": ""}
    manifest = {
        "release_id": release_id,
        "created_at": created_at,
        "is_demonstration": is_demonstration,
        "inputs": [],
        "gates": [
            {"gate": "raw_survey", "domain": "survey", "checks": 40, **passed},
            {"gate": "mart_scorecard", "domain": "", "checks": 12, **passed},
            {"gate": "attack", "domain": "", "checks": 1, **passed},
        ],
        "settings": {"minimum_respondents": MINIMUM},
        "code": {"hash": "c" * 64, "git_commit": None},
        "packages": {},
        "tables": {name: {"rows": len(rows), "hash": "0"} for name, rows in tables.items()},
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pointer = data / "releases" / ".next"
    pointer.symlink_to(release_id)
    os.replace(pointer, data / "releases" / "current")
    return folder


def write_run(data: Path, run_id: str, outcome: str, release_id: str | None = None) -> None:
    """A run's quality record: a published run, or one held by a gate that failed."""
    said = "41 svar er utenfor skalaen" if outcome == "held" else ""
    file, digest = small.SOURCES["2023"]
    of_file = {"domain": "survey", "file": file}
    kept = {"rows_in": 500, "rows_kept": 498, "rows_quarantined": 2, "answers_blanked": 3}
    survey = "failed" if outcome == "held" else "passed"
    events: list[dict[str, Any]] = [
        {"event": "run_started"},
        {"event": "file", **of_file, "table": "survey", "sha256": digest, **kept,
         "is_demonstration": True},
        {"event": "quarantine", **of_file, "level": "row", "rows": 2,
         "reason": "unknown_unit", "column": "ENHET"},
        {"event": "quarantine", **of_file, "level": "answer", "rows": 3,
         "reason": "unknown_code", "column": "Q1_1"},
        gate("raw_organisation", "organisation", "passed", 12),
        gate("raw_survey", "survey", survey, 40, said),
        gate("raw_directives", "directives", "not_delivered", 0),
        {"event": "run_ended", "outcome": outcome, "release_id": release_id, "message": said},
    ]  # fmt: skip
    folder = data / "quality"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps({"at": f"{run_id[:10]}T20:00:{second:02}+00:00", **event})
        for second, event in enumerate(events)
    ]
    (folder / f"{run_id}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def gate(name: str, domain: str, status: str, checks: int, message: str = "") -> dict[str, Any]:
    """What a gate leaves in a run's record."""
    failed = 1 if status == "failed" else 0
    return {"event": "gate", "gate": name, "domain": domain, "status": status, "checks": checks,
            "failed": failed, "message": message}  # fmt: skip
