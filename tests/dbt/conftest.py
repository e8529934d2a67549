"""A copy of the dbt project, and a warehouse of a dozen respondents that can be checked by eye.

Belongs here: raw tables written from literals, and dbt run in this process.
Does not belong here: any expectation of what comes out.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from dbt.cli.main import dbtRunner, dbtRunnerResult

from dagster_project.ingest.domains import read_domains
from tests.shared import made_once

PROJECT = Path(__file__).resolve().parents[2]

LINEAGE = "is_demonstration boolean, source_file varchar, source_row integer, source_sha256 varchar"
RAW = {
    "organisation": "period integer, unit_code varchar, unit_name varchar, "
    "parent_unit_code varchar, level varchar, department varchar, line varchar, "
    "result_area varchar, nav_region varchar, headcount_staff integer, headcount_leader integer, "
    "headcount_union_rep integer, headcount_safety_rep integer, headcount_total integer, "
    "fte decimal(18, 4), "
    f"predecessor_unit_codes varchar, aliases varchar, {LINEAGE}",
    "survey": "wave varchar, respondent_id varchar, unit_code varchar, role varchar, "
    "q_factor_experience smallint, q_factor_time smallint, q_knows_overall_goals smallint, "
    f"q_involvement_service_development smallint, {LINEAGE}",
    "codebook_question": "wave varchar, wave_form varchar, instrument varchar, "
    "organisation_period integer, question_id varchar, column_name varchar, asked_of varchar, "
    "scale_id varchar, "
    "battery_id varchar, goal_id integer, label_nb varchar, label_en varchar, wording_nb varchar, "
    "wording_en varchar, is_illustrative boolean, question_order integer, comparable_wave varchar, "
    f"comparability_break varchar, break_note_nb varchar, break_note_en varchar, {LINEAGE}",
    "codebook_answer": "wave varchar, question_id varchar, answer_code integer, "
    f"answer_class varchar, answer_order integer, label_nb varchar, label_en varchar, {LINEAGE}",
    "codebook_question_indicator": "wave varchar, question_id varchar, indicator_id varchar, "
    f"{LINEAGE}",
    "published_figure": "figure_id varchar, goal_id integer, topic_nb varchar, topic_en varchar, "
    "population_nb varchar, population_en varchar, measure_nb varchar, measure_en varchar, "
    "value varchar, value_high varchar, unit varchar, comparator varchar, period varchar, "
    f"source_id varchar, section varchar, {LINEAGE}",
    "published_finding": "finding_id varchar, goal_id integer, finding_nb varchar, "
    f"finding_en varchar, source_id varchar, section varchar, {LINEAGE}",
    "pilot": "period integer, pilot_id varchar, name_nb varchar, name_en varchar, purpose varchar, "
    "goal_id integer, unit_codes varchar, comparison_unit_codes varchar, start_date date, "
    "end_date date, "
    + "".join(f"milestone_{n}_date date, milestone_{n} varchar, " for n in range(1, 7))
    + "cost_estimate decimal(18, 4), cost_so_far decimal(18, 4), primary_metric varchar, "
    "primary_metric_en varchar, direction varchar, evaluation_design varchar, "
    f"within_frames varchar, status_id varchar, {LINEAGE}",
    "pilot_metric": "unit_code varchar, month date, metric_id varchar, value decimal(18, 4), "
    f"n_cases integer, {LINEAGE}",
    "measure": "measure_id varchar, title_nb varchar, title_en varchar, finding_ids varchar, "
    "goal_id integer, kind_id varchar, owner varchar, level_id varchar, status_id varchar, "
    f"registered_on date, last_changed_on date, due_on date, register_date date, {LINEAGE}",
    "input_file": "domain varchar, table_name varchar, source_file varchar, source_sha256 varchar, "
    "rows_in bigint, rows_kept bigint, rows_quarantined bigint, answers_blanked bigint, "
    "is_demonstration boolean, fault varchar, fingerprint varchar",
}

ALL = "staff,leader,union_rep,safety_rep"

# NAV > ATL > FYL-AGD > 0101, 0102, and NAV > KAL, which has respondents of its own.
UNITS = [
    ("NAV", None, "nav"),
    ("ATL", "NAV", "line"),
    ("KAL", "NAV", "line"),
    ("FYL-AGD", "ATL", "result_area"),
    ("0101", "FYL-AGD", "unit"),
    ("0102", "FYL-AGD", "unit"),
]

# respondent, unit, role, own experience, time, knows the goals, involvement. 9 is "don't know".
RESPONDENTS = [
    ("r01", "0101", "staff", 5, 1, 4, None),
    ("r02", "0101", "staff", 4, 2, 2, None),
    ("r03", "0101", "staff", 3, 2, 9, None),
    ("r04", "0101", "leader", 5, 3, 5, 5),
    ("r05", "0102", "staff", 4, 1, None, None),
    ("r06", "0102", "staff", 2, 1, 3, None),
    ("r07", "0102", "leader", 4, 4, 4, 4),
    ("r08", "0102", "union_rep", 1, 2, 4, 2),
    ("r09", "KAL", "staff", 9, 3, 1, None),
    ("r10", "KAL", "leader", 5, 3, 4, 2),
    ("r11", "KAL", "safety_rep", 4, 5, 2, 1),
    ("r12", None, "union_rep", 3, 1, 4, 4),
]

# question, column, asked of, battery, goal, wording, indicators
QUESTIONS: list[tuple[str, str, str, str | None, int, str, list[str]]] = [
    ("factor_experience", "Q1", ALL, "discretion_factors", 1, "Egen erfaring?",
     ["discretion_factors", "discretion_experience"]),
    ("factor_time", "Q2", ALL, "discretion_factors", 1, "Tid?",
     ["discretion_factors", "discretion_time"]),
    ("knows_overall_goals", "Q3", ALL, None, 3, "Jeg kjenner målene",
     ["gap_knows_overall_goals"]),
    ("involvement_service_development", "Q4L", "leader", None, 3, "Vi involverer",
     ["gap_involvement_service_development"]),
    ("involvement_service_development", "Q4T", "union_rep,safety_rep", None, 3, "Vi involveres",
     ["gap_involvement_service_development"]),
]  # fmt: skip

SCALE = {1: "negative", 2: "negative", 3: "neutral", 4: "positive", 5: "positive", 9: "missing"}

FIGURES = [
    # our 12 respondents are not the 3 660 of the source, but 7 of 11 is 63.64 %
    ("DR1-01", "3660", "count"),
    ("DR1-07", "63.64", "percent"),
]

Rows = Sequence[Mapping[str, Any]]
MakeWarehouse = Callable[[Path, Mapping[str, Rows]], "Warehouse"]


def small_raw_tables() -> dict[str, Rows]:
    """All raw tables of one wave, by name; the columns that are left out are empty."""
    mark = {"source_file": "svar.sav", "source_sha256": "5a", "is_demonstration": True}
    tree = {"source_file": "organisasjon.csv", "source_sha256": "06", "is_demonstration": True}
    real = {"source_file": "tall.csv", "source_sha256": "0f", "is_demonstration": False}
    ids = ("respondent_id", "unit_code", "role")
    answers = [f"q_{question}" for question in dict.fromkeys(q[0] for q in QUESTIONS)]
    tables: dict[str, Rows] = {
        "organisation": [
            {"period": 2023, "unit_code": code, "unit_name": f"Enhet {code}", "level": level,
             "parent_unit_code": parent, "source_row": row,
             "nav_region": "Agder" if level == "result_area" else None, **tree}
            for row, (code, parent, level) in enumerate(UNITS, start=2)
        ],
        "survey": [
            {"wave": "2023", **dict(zip((*ids, *answers), person, strict=True)), **mark}
            for person in RESPONDENTS
        ],
        "codebook_question": [
            {"wave": "2023", "wave_form": "answers", "instrument": "undersokelse",
             "organisation_period": 2023,
             "question_id": question, "column_name": column, "asked_of": asked_of,
             "scale_id": "effect5", "battery_id": battery, "goal_id": goal, "label_nb": question,
             "label_en": question, "wording_nb": wording, "wording_en": wording,
             "is_illustrative": False, "question_order": order}
            for order, (question, column, asked_of, battery, goal, wording, _)
            in enumerate(QUESTIONS)
        ],
        "codebook_question_indicator": [
            {"wave": "2023", "question_id": question, "indicator_id": indicator}
            for question, indicator in dict.fromkeys((q[0], i) for q in QUESTIONS for i in q[6])
        ],
        "codebook_answer": [
            {"wave": "2023", "question_id": question, "answer_code": code, "answer_class": kind,
             "answer_order": code, "label_nb": f"svar {code}", "label_en": f"answer {code}"}
            for question in dict.fromkeys(q[0] for q in QUESTIONS)
            for code, kind in SCALE.items()
        ],
        "published_figure": [
            {"figure_id": figure, "goal_id": 1, "value": value, "unit": unit, "period": "2023",
             "comparator": "exact", "source_id": "delrapport1", "section": "1", **real}
            for figure, value, unit in FIGURES
        ],
        "published_finding": [
            {"finding_id": "F-01", "goal_id": 1, "finding_nb": "Et funn", "finding_en": "A finding",
             "source_id": "delrapport1", "section": "1", **real}
        ],
    }  # fmt: skip
    tables |= small_registers() | small_user_survey() | small_activities()
    files = {"survey": mark, "organisation": tree, "published_figure": real,
             "published_finding": real, "pilot": REGISTER, "pilot_metric": REGISTER,
             "measure": REGISTER, "user_answer": USERS, "user_share": SHARES,
             "development_project": ACTIVITY, "conversation_package": ACTIVITY,
             "council_involvement": ACTIVITY}  # fmt: skip
    tables["input_file"] = [
        {"domain": table, "table_name": table, "rows_in": len(tables[table]) + 1,
         "rows_kept": len(tables[table]), "rows_quarantined": 1, "answers_blanked": 0,
         "fingerprint": "a", **lineage}
        for table, lineage in files.items()
    ]  # fmt: skip
    return tables


REGISTER = {"source_file": "register.xlsx", "source_sha256": "0a", "is_demonstration": True}


def small_registers() -> dict[str, Rows]:
    """Two pilots, the second without estimate and evaluation, with two months of metrics; three
    measures on one finding."""
    return {
        "pilot": [
            {"period": 2023, "pilot_id": "P1", "name_nb": "Forsøk 1", "purpose": "Mer rom",
             "goal_id": 2, "unit_codes": "0101", "comparison_unit_codes": "0102; KAL",
             "start_date": "2023-02-01", "end_date": "2023-12-31", "milestone_1": "Oppstart",
             "milestone_1_date": "2023-02-01", "cost_estimate": 100, "primary_metric": "Dager",
             "evaluation_design": "Før og etter", "within_frames": "yes",
             "status_id": "in_progress", **REGISTER},
            {"period": 2023, "pilot_id": "P2", "name_nb": "Forsøk 2", "purpose": "Mer tid",
             "goal_id": 2, "unit_codes": "KAL", "start_date": "2023-03-01",
             "end_date": "2023-12-31", "milestone_1": "Start", "milestone_1_date": "2023-03-01",
             "status_id": "planned", **REGISTER},
        ],
        "pilot_metric": [
            {"unit_code": unit, "month": month, "metric_id": "Dager", "value": value,
             "n_cases": cases, **REGISTER}
            for unit, month, value, cases in [
                ("0101", "2023-01-01", 10, 20), ("0102", "2023-01-01", 10, 30),
                ("KAL", "2023-01-01", 20, 10), ("0101", "2023-02-01", 9, 4),
            ]
        ],
        "measure": [
            {"measure_id": measure, "title_nb": "Et tiltak", "finding_ids": "F-01", "goal_id": 1,
             "kind_id": "measure", "owner": "NAV", "level_id": "national", "status_id": status,
             "registered_on": "2023-01-01", "last_changed_on": changed, "due_on": due, **REGISTER}
            for measure, status, changed, due in [
                ("T1", "in_progress", "2023-12-01", None), ("T2", "decided", "2023-03-01", None),
                ("T3", "done", "2023-03-01", "2023-04-01"),
            ]
        ],
    }  # fmt: skip


def described_tables() -> dict[str, str]:
    """The raw tables of every domain with columns of its own, as its description has them."""
    return {
        table.table: ", ".join(f"{c} {kind}" for c, kind in table.raw_columns([]).items())
        + f", {LINEAGE}"
        for domain in read_domains(PROJECT / "seeds")
        for table in domain.tables
        if not table.codebooks
    }


USERS = {"source_file": "brukere.csv", "source_sha256": "0b", "is_demonstration": True}
SHARES = {"source_file": "andeler.csv", "source_sha256": "0c", "is_demonstration": False}
ACTIVITY = {"source_file": "aktiviteter.csv", "source_sha256": "0d", "is_demonstration": True}

# respondent, year, situation, answer ("don't know" is none), scale, county
USERS_ASKED = [
    ("b1", 2023, "guidance", 6, "six_point_4", "FYL-AGD"),
    ("b2", 2023, "guidance", 4, "six_point_4", "FYL-AGD"),
    ("b3", 2023, "guidance", 3, "six_point_4", None),
    ("b4", 2023, "guidance", None, "six_point_4", None),
    ("b5", 2023, "application", 1, "six_point_4", None),
    ("b6", 2025, "guidance", 4, "five_point_4", None),
    ("b7", 2025, "guidance", 3, "five_point_4", None),
]


def small_user_survey() -> dict[str, Rows]:
    """Seven users in two years on two scales, and shares of two years, one of them of a year whose
    answers are there."""
    return {
        "user_answer": [
            {"year": year, "respondent_id": who, "situation": situation, "answer": answer,
             "question_id": "trust_from_nav", "scale_id": scale, "user_group": "Sykmeldte",
             "county_node_id": county, **USERS}
            for who, year, situation, answer, scale, county in USERS_ASKED
        ],
        "user_share": [
            {"year": year, "question_id": "trust_from_nav", "situation": "guidance",
             "share_percent": percent, "comparator": comparator, "scale_id": "six_point_4",
             "source_id": "delrapport1", "section": "4.2.5", **SHARES}
            for year, percent, comparator in [(2022, 90, "nearly"), (2023, 50, "exact")]
        ],
    }  # fmt: skip


def small_activities() -> dict[str, Rows]:
    """Three projects, one of them outside the county; two packages; three matters, one of them
    without a stage. No grant initiative was delivered."""
    return {
        "development_project": [
            {"year": 2023, "project_id": project, "node_id": node, "theme": theme,
             "register": "Erfaringsbasen", **ACTIVITY}
            for project, node, theme in [
                ("P1", "0101", "Ungdom"), ("P2", "FYL-AGD", "Ungdom"),
                ("P3", "KAL", "Økonomi og gjeld"),
            ]
        ],
        "conversation_package": [
            {"package_id": package, "unit_code": unit, "arena": arena, "held_on": "2023-06-05",
             "themes": themes, "challenges_sent": sent, **ACTIVITY}
            for package, unit, arena, themes, sent in [
                ("S1", "0101", "MBA", "T01; T05", True),
                ("S2", "0102", "Medarbeidere", "T01", False),
                ("S3", "0101", "Medarbeidere", "T02", True),
            ]
        ],
        "council_involvement": [
            {"case_id": case, "unit_code": "0101", "registered_on": "2023-06-05", "stage": stage,
             **ACTIVITY}
            for case, stage in [("B1", "Fra start"), ("B2", "Ikke involvert"), ("B3", None)]
        ],
    }  # fmt: skip


def write_raw_tables(con: duckdb.DuckDBPyConnection, tables: Mapping[str, Rows]) -> None:
    """Write every raw table, those without rows too, and a gate that passed."""
    con.execute("create schema raw")
    for name, described in (described_tables() | RAW).items():
        con.execute(f"create table raw.{name} ({described})")
        for row in tables.get(name, []):
            names, marks = ", ".join(row), ", ".join("?" for _ in row)
            con.execute(f"insert into raw.{name} ({names}) values ({marks})", list(row.values()))
    con.execute("create schema control")
    con.execute("create table control.gate (gate varchar, status varchar, message varchar)")
    con.execute("insert into control.gate values ('raw_survey', 'passed', '')")


@dataclass
class Warehouse:
    """A DuckDB file in its own data folder, and dbt to run on it."""

    data: Path
    run_dbt: Callable[..., dbtRunnerResult]

    @property
    def path(self) -> Path:
        return self.data / "warehouse.duckdb"

    def connect(self) -> duckdb.DuckDBPyConnection:
        """As the profile connects: DuckDB refuses a second, different configuration."""
        return duckdb.connect(str(self.path), config={"threads": 2})

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connect() as con:
            return con.execute(sql).fetchall()

    def execute(self, sql: str) -> None:
        with self.connect() as con:
            con.execute(sql)

    def dbt(self, *command: str) -> dbtRunnerResult:
        """Run dbt; the connection held meanwhile spares dbt opening the file for each node."""
        with self.connect():
            return self.run_dbt(self.data, *command)

    def copy(self, data: Path) -> "Warehouse":
        shutil.copy(self.path, data)
        return Warehouse(data, self.run_dbt)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the dbt project and its seeds, so that nothing is left beside the code."""
    home = tmp_path_factory.mktemp("project")
    left_behind = shutil.ignore_patterns("target", "logs")
    shutil.copytree(PROJECT / "dbt", home / "dbt", ignore=left_behind)
    shutil.copytree(PROJECT / "seeds" / "reference", home / "seeds" / "reference")
    return home


@pytest.fixture(scope="session")
def run_dbt(project: Path) -> Iterator[Callable[..., dbtRunnerResult]]:
    """Runs dbt in this process on the data folder given; the project is parsed once. The dozen may
    be weighted, few as they are."""
    folders = ["--project-dir", str(project / "dbt"), "--profiles-dir", str(project / "dbt")]
    folders += ["--target-path", str(project / "target"), "--log-path", str(project / "target")]
    folders += ["--vars", json.dumps({"shown_from": 1, "unknown_strata": 1})]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TILLIT_DATA", str(project))
        parsed = dbtRunner().invoke(["parse", "--quiet", *folders]).result

        def run(data: Path, *command: str) -> dbtRunnerResult:
            environment.setenv("TILLIT_DATA", str(data))
            return dbtRunner(manifest=parsed).invoke([*command, "--quiet", *folders])

        yield run


@pytest.fixture(scope="session")
def manifest(project: Path, run_dbt: Callable[..., dbtRunnerResult]) -> dict[str, Any]:
    """manifest.json, as parsing wrote it."""
    assert run_dbt
    content: dict[str, Any] = json.loads((project / "target" / "manifest.json").read_text("utf-8"))
    return content


@pytest.fixture(scope="session")
def make_warehouse(run_dbt: Callable[..., dbtRunnerResult]) -> MakeWarehouse:
    """Makes a warehouse with the raw tables given; nothing is built in it yet."""

    def make(data: Path, tables: Mapping[str, Rows]) -> Warehouse:
        warehouse = Warehouse(data, run_dbt)
        with warehouse.connect() as con:
            write_raw_tables(con, tables)
        return warehouse

    return make


@pytest.fixture(scope="session")
def raw_tables() -> dict[str, Rows]:
    """The raw tables of the small wave, to be changed by whoever needs another."""
    return small_raw_tables()


GOOD = ("success", "pass", "no-op")  # an exposure has nothing to do


@dataclass(frozen=True)
class Node:
    """What became of one node of a build. failures: rows that a test found; sql: as compiled."""

    name: str
    kind: str
    status: str
    failures: int | None
    message: str | None
    sql: str | None


def nodes_of(result: dbtRunnerResult) -> list[Node]:
    """The nodes of a build that came so far."""
    assert result.result is not None, result.exception
    return [
        Node(
            found.node.name,
            str(found.node.resource_type),
            str(found.status),
            found.failures,
            found.message,
            getattr(found.node, "compiled_code", None),
        )
        for found in result.result
    ]


@pytest.fixture(scope="session")
def build(
    tmp_path_factory: pytest.TempPathFactory,
    run_dbt: Callable[..., dbtRunnerResult],
    make_warehouse: MakeWarehouse,
    raw_tables: dict[str, Rows],
) -> tuple[Warehouse, list[Node]]:
    """The small warehouse after `dbt build`, and what became of each node; made once, with a
    copy for each worker."""

    def make(data: Path) -> None:
        data.mkdir()
        nodes = nodes_of(make_warehouse(data, raw_tables).dbt("build"))
        (data / "nodes.json").write_text(json.dumps([asdict(node) for node in nodes]), "utf-8")

    made = made_once(tmp_path_factory, "small_warehouse", make)
    own = Warehouse(made, run_dbt).copy(tmp_path_factory.mktemp("built"))
    found = json.loads((made / "nodes.json").read_text("utf-8"))
    return own, [Node(**node) for node in found]


@pytest.fixture(scope="session")
def built(build: tuple[Warehouse, list[Node]]) -> Warehouse:
    """The small warehouse, built and tested by dbt. To be read only; change a copy."""
    warehouse, nodes = build
    assert [node for node in nodes if node.status not in GOOD] == []
    return warehouse


ESTIMATES = """
    with sums as (
        select
            sample,
            min(case when answered > 0 then n_respondents end) as n_smallest,
            sum(answered) as n,
            {% for name, sum in {
                'total': weighted_total('total'),
                'answered': weighted_total('answered'),
                'squares': exact_sum('weight * weight * answered'),
                'spread': spread_about_strata('total', 'total', 'squares'),
                'shared': spread_about_strata('total', 'answered', 'total'),
                'own': spread_about_strata('answered', 'answered', 'answered'),
                'spread_0': spread_about_strata('total', 'total', 'squares', fraction='0'),
                'shared_0': spread_about_strata('total', 'answered', 'total', fraction='0'),
                'own_0': spread_about_strata('answered', 'answered', 'answered', fraction='0'),
            }.items() %}
                cast({{ sum }} as double) as {{ name }}{% if not loop.last %},{% endif %}
            {% endfor %}
        from strata
        group by sample
    )
    select
        total / nullif(answered, 0) as mean,
        {% for name, end in [('variance', ''), ('with_replacement', '_0')] %}
            case when n_smallest > 1 then {{ linearised_variance(
                'total / nullif(answered, 0)',
                'spread' ~ end, 'shared' ~ end, 'own' ~ end, 'answered'
            ) }} end as {{ name }},
        {% endfor %}
        {{ design_effect('n', 'answered', 'squares') }} as design_effect
    from sums
    order by sample
"""
Strata = Sequence[tuple[float, float, Sequence[float | None]]]


@pytest.fixture(scope="session")
def estimates(built: Warehouse) -> Callable[[Sequence[Strata]], list[tuple[Any, ...]]]:
    """For samples, each of strata (weight, sampling fraction, values; None did not answer): mean,
    variance with and without finite population correction, design effect, as the shipped SQL has
    them."""
    compiled = built.dbt("compile", "--inline", ESTIMATES).result.results[0].node.compiled_code
    con = duckdb.connect()

    def run(samples: Sequence[Strata]) -> list[tuple[Any, ...]]:
        strata = []
        for number, sample in enumerate(samples):
            for weight, fraction, values in sample:
                given = [value for value in values if value is not None]
                squares = sum(value * value for value in given)
                strata.append(
                    [number, len(values), weight, fraction, len(given), sum(given), squares]
                )
        names = ["sample", "n_respondents", "weight", "sampling_fraction", "answered", "total"]
        columns = zip([*names, "squares"], zip(*strata, strict=True), strict=True)
        con.register("strata", pa.table({name: list(cells) for name, cells in columns}))
        return con.execute(compiled).fetchall()

    return run


@pytest.fixture(scope="session")
def estimate(
    estimates: Callable[[Sequence[Strata]], list[tuple[Any, ...]]],
) -> Callable[[Strata], tuple[Any, ...]]:
    """The same for one sample."""
    return lambda strata: estimates([strata])[0]
