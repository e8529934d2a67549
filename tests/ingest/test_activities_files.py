"""Files of activities: what is set aside or refused, and what is said of it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.ingest.load import FileLoad, load_domain
from tests.ingest.small import DOMAINS, aside, kept, load_organisation, messages
from tests.ingest.test_user_survey_files import COUNTY

Connection = duckdb.DuckDBPyConnection

# file, headings, one good row
FILES = {
    "development_project": (
        "utviklingsprosjekter_2031.csv",
        "År;Prosjekt;Sted;Tema;Startet;Register",
        "2031;P1;0101;Ungdom;2030-05;Erfaringsbasen",
    ),
    "grant_initiative": (
        "tilskudd_sosiale_tjenester_2031.csv",
        "År;Satsing;Fylke;Tema;Beløp",
        "2031;T1;FYL-AGD;Ungdom;250000,0",
    ),
    "conversation_package": (
        "samtalepakker_2031.csv",
        "Gjennomføring;Enhet;Arena;Dato;Temaer;Utfordringer sendt;Deltakere",
        'S1;0101;MBA;05.06.2031;"T01; T05";ja;12',
    ),
    "council_involvement": (
        "brukerutvalg_2031.csv",
        "Sak;Enhet;Dato;Involvert",
        "B1;0101;05.06.2031;Fra start",
    ),
}


def load(con: Connection, folder: Path, table: str, *rows: str) -> FileLoad:
    """Load one file of the table, after an organisation of a county and an office."""
    load_organisation(con, folder, COUNTY)
    name, headings, _ = FILES[table]
    file = folder / name
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    (found,) = load_domain(con, DOMAINS["activities"], [file], [])
    return found


@pytest.mark.parametrize("table", FILES)
def test_a_good_row_of_each_file_is_kept(con: Connection, tmp_path: Path, table: str) -> None:
    found = load(con, tmp_path, table, FILES[table][2])
    assert (found.table, found.rows_kept, found.fault) == (table, 1, None)


def test_a_month_is_its_first_day_and_a_package_may_raise_several_themes(
    con: Connection, tmp_path: Path
) -> None:
    load(con, tmp_path, "development_project", FILES["development_project"][2])
    assert kept(con, "started", table="development_project") == [(date(2030, 5, 1),)]
    load(con, tmp_path, "conversation_package", FILES["conversation_package"][2])
    assert kept(con, "held_on", "themes", "challenges_sent", table="conversation_package") == [
        (date(2031, 6, 5), "T01; T05", True)
    ]


def test_a_matter_whose_stage_is_not_stated_is_kept(con: Connection, tmp_path: Path) -> None:
    load(
        con,
        tmp_path,
        "council_involvement",
        "B1;0101;05.06.2031;",
        "B2;0101;06.06.2031;ikke oppgitt",
    )
    assert kept(con, "case_id", "stage", table="council_involvement") == [
        ("B1", None),
        ("B2", None),
    ]


IN_SEED = "is not known in seeds/reference/evidence_categories.csv with kind"


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("grant_initiative", ("FYL-AGD", "FYL-QQQ"),
         "column Fylke: «FYL-QQQ» is not known in the organisation with level result_area of 2031"),
        ("development_project", ("0101", "0999"),
         "column Sted: «0999» is not known in the organisation of 2031"),
        ("development_project", ("2030-05", "i fjor"),
         "column Startet: «i fjor» is not a date, such as 05.06.2024 or 2024-06-05"),
        ("conversation_package", ("T05", "T99"),
         f"column Temaer: «T99» {IN_SEED} conversation_theme; correct it, or add it"),
        ("conversation_package", ("MBA", "Kantina"),
         f"column Arena: «Kantina» {IN_SEED} arena; correct it, or add it"),
        ("conversation_package", (";ja;", ";kanskje;"),
         "column Utfordringer sendt: «kanskje» is not one of the codes ja, nei"),
        ("council_involvement", ("Fra start", "Snart"),
         f"column Involvert: «Snart» {IN_SEED} council_stage; correct it, or add it"),
    ],
)  # fmt: skip
def test_a_row_with_a_fault_is_set_aside_with_its_reason(
    con: Connection, tmp_path: Path, table: str, change: tuple[str, str], message: str
) -> None:
    row = FILES[table][2].replace(*change)
    assert load(con, tmp_path, table, row).rows_quarantined == 1
    assert messages(con) == [f"row 2, {message}"]


def test_the_same_case_twice_is_kept_once_and_with_other_content_not_at_all(
    con: Connection, tmp_path: Path
) -> None:
    row = FILES["council_involvement"][2]
    load(con, tmp_path, "council_involvement", row, row)
    assert aside(con) == [(3, "repeated_row")]
    load(con, tmp_path, "council_involvement", row, row.replace("Fra start", "Underveis"))
    assert aside(con) == [(2, "conflicting_rows"), (3, "conflicting_rows")]


def test_the_same_case_in_two_files_refuses_both(con: Connection, tmp_path: Path) -> None:
    load_organisation(con, tmp_path, COUNTY)
    files = [tmp_path / f"brukerutvalg_{name}.csv" for name in ("a", "b")]
    for file in files:
        _, headings, row = FILES["council_involvement"]
        file.write_text(f"{headings}\n{row}\n", encoding="utf-8")
    loads = load_domain(con, DOMAINS["activities"], files, [])
    assert [each.fault for each in loads] == [
        "brukerutvalg_a.csv and brukerutvalg_b.csv both hold case_id B1: neither is read; take one "
        "of them out of the inbox"
    ] * 2
