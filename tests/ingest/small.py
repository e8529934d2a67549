"""Inputs small enough to check by eye: a contract of two columns, a pulse survey, two units.

Belongs here: making files and descriptions, and asking what became of them.
Does not belong here: any expectation of what comes out.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from dagster_project.ingest.codebook import Codebook, read_codebooks
from dagster_project.ingest.contract import Column, Contract
from dagster_project.ingest.domains import Domain, read_domains
from dagster_project.ingest.load import load_domain
from dagster_project.ingest.unchanged import FileLoad
from dagster_project.settings import PROJECT
from dagster_project.warehouse import dicts

SEEDS = PROJECT / "seeds"
DOMAINS: dict[str, Domain] = {domain.domain: domain for domain in read_domains(SEEDS)}

# --- readers ---------------------------------------------------------------------------------


def two_columns(**claims: str) -> Contract:
    """A contract of the columns Id and Navn; `claims` are encoding, delimiter, sheet."""
    columns = [
        Column(name="id", header=["Id"], type="text"),
        Column(name="name", header=["Navn"], type="text", nullable=True),
    ]
    return Contract("person", ["id"], "id", columns, **claims)


def incoming(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """What the reader gave: (source_row, cell, cell, …)."""
    return con.execute("select * from incoming order by source_row").fetchall()


# --- the organisation ------------------------------------------------------------------------

UNIT = {
    "År": "2031",
    "Enhetsnr": "0101",
    "Enhetsnavn": "Kontor",
    "Overordnet enhet": "",
    "Nivå": "Enhet",
    "Avdeling": "",
    "Linje": "",
    "Resultatområde": "",
    "NAV-region": "",
    "Medarbeidere": "10",
    "Ledere": "2",
    "Tillitsvalgte": "1",
    "Verneombud": "1",
    "Årsverk": "12,5",
}


def organisation_csv(*units: Mapping[str, str]) -> str:
    """An organisation file; each unit says only what differs from UNIT."""
    rows = [list(UNIT), *([*(UNIT | unit).values()] for unit in units)]
    return "".join(";".join(row) + "\n" for row in rows)


TWO_UNITS = organisation_csv({"Enhetsnr": "0101"}, {"Enhetsnr": "0102"})


def load_organisation(
    con: duckdb.DuckDBPyConnection, folder: Path, text: str = TWO_UNITS
) -> FileLoad:
    """Load one organisation file."""
    file = folder / "organisasjon_2031.csv"
    file.write_text(text, encoding="utf-8")
    (load,) = load_domain(con, DOMAINS["organisation"], [file], [])
    return load


# --- the survey ------------------------------------------------------------------------------

CODEBOOK = """\
instrument: puls
waves:
  "2031": {title: {nb: Puls 2031, en: Pulse 2031}, organisation_period: 2031}
files: ["puls_2031*"]
cells: code
respondent_id: ID
unit_code: Enhet
role: {column: Rolle, codes: {"1": staff, "2": leader, "3": union_rep}}
not_read: [Kommentar]
scales:
  agree3:
    - {code: 1, class: negative, nb: Uenig, en: Disagree}
    - {code: 2, class: neutral, nb: Verken eller, en: Neither}
    - {code: 3, class: positive, nb: Enig, en: Agree}
    - {code: 9, class: missing, nb: Vet ikke, en: Do not know}
questions:
  - id: room
    scale: agree3
    goal: 1
    indicators: [discretion_factors]
    label: {nb: Handlingsrom, en: Discretion}
    asked:
      - {column: Q1, of: [staff, leader, union_rep], wording: {nb: Jeg har rom., en: I have room.}}
  - id: involved
    scale: agree3
    goal: 3
    indicators: [gap_involvement_service_development]
    label: {nb: Involvering, en: Involvement}
    asked:
      - {column: Q2L, of: [leader], wording: {nb: Jeg involverer., en: I involve.}}
      - {column: Q2T, of: [union_rep], wording: {nb: Jeg er involvert., en: I am involved.}}
  - id: measures
    scale: agree3
    goal: 1
    indicators: [labour_measures_room]
    label: {nb: Tiltak, en: Measures}
    asked:
      - {column: Q3, of: [staff], wording: {nb: Jeg velger tiltak., en: I choose measures.}}
"""
INDICATORS = {
    "discretion_factors",
    "gap_involvement_service_development",
    "labour_measures_room",
}
HEADINGS = "ID;Enhet;Rolle;Q1;Q2L;Q2T;Q3"


@cache
def codebook(text: str = CODEBOOK, *others: str) -> Codebook:
    """The codebook that `text` describes, read together with `others`."""
    with TemporaryDirectory() as folder:
        for number, described in enumerate([text, *others]):
            (Path(folder) / f"{number}.yml").write_text(described, encoding="utf-8")
        return read_codebooks(Path(folder), INDICATORS)[Path(folder) / "0.yml"]


def survey_csv(*rows: str, headings: str = HEADINGS) -> str:
    """A survey file: headings, and one line for each row."""
    return "".join(line + "\n" for line in (headings, *rows))


def load_survey(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    *files: tuple[str, str | bytes],
    units: str | None = TWO_UNITS,
    described: str = CODEBOOK,
) -> list[FileLoad]:
    """Load survey files given as (name, content), after the organisation if there is one."""
    if units is None:
        load_domain(con, DOMAINS["organisation"], [], [])
    else:
        load_organisation(con, folder, units)
    paths = []
    for name, content in files:
        paths.append(folder / name)
        paths[-1].write_bytes(content.encode() if isinstance(content, str) else content)
    return load_domain(con, DOMAINS["survey"], paths, [codebook(described)])


def load_rows(
    con: duckdb.DuckDBPyConnection, folder: Path, *rows: str, headings: str = HEADINGS
) -> FileLoad:
    """Load one survey file of these rows."""
    (load,) = load_survey(con, folder, ("puls_2031.csv", survey_csv(*rows, headings=headings)))
    return load


# --- what became of them ---------------------------------------------------------------------


def kept(
    con: duckdb.DuckDBPyConnection, *columns: str, table: str = "survey"
) -> list[tuple[Any, ...]]:
    """The rows of a raw table, these columns only."""
    return con.execute(
        f"select {', '.join(columns)} from raw.{table} order by source_file, source_row"
    ).fetchall()


def aside(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    """(row, reason) of each row in quarantine."""
    return con.execute(
        "select source_row, reason from raw.quarantine order by source_row"
    ).fetchall()


def blanked(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    """(row, reason, column) of each answer blanked."""
    return con.execute(
        "select source_row, reason, column_name from raw.blanked_answer "
        "order by source_row, column_name"
    ).fetchall()


def messages(con: duckdb.DuckDBPyConnection) -> list[str]:
    """What is said of each row set aside, then of each answer blanked."""
    return [
        message
        for table in ("quarantine", "blanked_answer")
        for (message,) in con.execute(
            f"select message from raw.{table} order by source_row, column_name"
        ).fetchall()
    ]


def profile(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int, int]]:
    """Per column of the survey: cells that could be filled, cells filled, answers blanked."""
    return {
        row["column_name"]: (row["cells"], row["filled"], row["blanked"])
        for row in dicts(con, "from raw.column_profile where domain = 'survey'")
    }


def everything(con: duckdb.DuckDBPyConnection) -> str:
    """The content of every raw table, as one text."""
    tables = con.execute(
        "select table_name from information_schema.tables where table_schema = 'raw'"
    ).fetchall()
    return "\n".join(str(con.execute(f"from raw.{name}").fetchall()) for (name,) in tables)
