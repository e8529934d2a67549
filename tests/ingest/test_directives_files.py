"""What becomes of a workbook of coded letters: every row is kept, or set aside with a reason."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from dagster_project.demonstration.formats import write_xlsx
from dagster_project.ingest.load import FileLoad, load_domain
from tests.ingest.small import DOMAINS, aside, everything, kept, messages

Connection = duckdb.DuckDBPyConnection
Cells = dict[str, Any]

LETTER: Cells = {
    "Brev-id": "MD-2031-YA-YL",
    "Samling": "MD-2031",
    "Dokumenttype": "MD-brev",
    "År": 2031,
    "Avsender": "YA",
    "Mottaker": "YL",
    "Levert": "Ja",
    "Antall føringer": 2,
    "Utpekt koder": "K1",
}
DIRECTIVE: Cells = {
    "Brev-id": "MD-2031-YA-YL",
    "Samling": "MD-2031",
    "År": 2031,
    "Avsender": "YA",
    "Mottaker": "YL",
    "Linje": "YL",
    "Nr": 1,
    "Tekst": "Følge opp internkontroll",
    "Styrende": "Ja",
    "Kilde": "Ny",
    "Type": "Føring",
    "Trinn": "Aktiviteter",
    "Form": "Kvalitativ",
    "Konkret": "Delvis",
    "Fokus": "Intern",
    "Koder": "K1",
    "Gjeldende koding": "Ja",
}


def workbook(
    folder: Path,
    *directives: Cells,
    letters: tuple[Cells, ...] = ({},),
    name: str = "md_brev_2031.xlsx",
    sheets: tuple[str, str] = ("Føringer", "Brev"),
) -> Path:
    """A workbook; each directive and letter says only what differs from those above."""
    frames = (
        pd.DataFrame([DIRECTIVE | directive for directive in directives]),
        pd.DataFrame([LETTER | letter for letter in letters]),
    )
    return write_xlsx(folder / name, dict(zip(sheets, frames, strict=True)))


def load(con: Connection, *files: Path) -> dict[str, FileLoad]:
    """What became of the files, by table; of several files the last."""
    return {load.table: load for load in load_domain(con, DOMAINS["directives"], list(files), [])}


def test_the_two_sheets_fill_a_table_each(con: Connection, tmp_path: Path) -> None:
    loads = load(con, workbook(tmp_path, {"Nr": 1}, {"Nr": 2, "Styrende": "Nei"}))
    assert (loads["directive"].rows_kept, loads["directive_letter"].rows_kept) == (2, 1)
    columns = ("letter_id", "coder", "number", "governs", "origin", "kind", "step", "form", "focus")
    assert kept(con, *columns, table="directive") == [
        ("MD-2031-YA-YL", "K1", 1, True, "new", "directive", "activity", "qualitative", "internal"),
        (
            "MD-2031-YA-YL",
            "K1",
            2,
            False,
            "new",
            "directive",
            "activity",
            "qualitative",
            "internal",
        ),
    ]
    assert kept(
        con, "collection", "is_delivered", "n_directives", "designated_coder",
        table="directive_letter",
    ) == [("MD-2031", True, 2, "K1")]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("Innsatsfaktorer", "input"),
        ("Aktiviteter", "activity"),
        ("Produkter og tjenester", "output"),
        ("Brukereffekter", "user_effect"),
        ("Samfunnseffekter", "societal_effect"),
        ("Aktivitet/innsats", "activity"),
        ("resultat", "output"),
        ("Effekt", "user_effect"),
    ],
)
def test_dfos_steps_and_those_of_delrapport_1_are_both_taken(
    con: Connection, tmp_path: Path, said: str, step: str
) -> None:
    load(con, workbook(tmp_path, {"Trinn": said}))
    assert kept(con, "step", table="directive") == [(step,)]


def test_two_coders_of_one_directive_are_two_rows(con: Connection, tmp_path: Path) -> None:
    second = {"Koder": "K2", "Gjeldende koding": "Nei", "Form": "Retning"}
    load(con, workbook(tmp_path, {}, second))
    assert kept(con, "coder", "is_designated", "form", table="directive") == [
        ("K1", True, "qualitative"),
        ("K2", False, "direction"),
    ]


def test_a_category_that_does_not_exist_is_set_aside_with_those_that_do(
    con: Connection, tmp_path: Path
) -> None:
    load(con, workbook(tmp_path, {"Form": "Kvantitativt mål"}, {"Nr": 2}))
    assert aside(con) == [(2, "unknown_code")]
    assert messages(con) == [
        "row 2, column Form: «Kvantitativt mål» is not one of the codes Tallfestet, Retning, "
        "Kvalitativ"
    ]


def test_a_directive_without_a_year_is_set_aside(con: Connection, tmp_path: Path) -> None:
    load(con, workbook(tmp_path, {"År": None}, {"Nr": 2}))
    assert messages(con) == ["row 2, column År: the value is missing"]


def test_the_same_directive_twice_is_kept_once(con: Connection, tmp_path: Path) -> None:
    load(con, workbook(tmp_path, {}, {}))
    assert kept(con, "number", table="directive") == [(1,)]
    assert aside(con) == [(3, "repeated_row")]


def test_a_directive_coded_twice_over_by_one_coder_is_kept_in_neither_version(
    con: Connection, tmp_path: Path
) -> None:
    load(con, workbook(tmp_path, {}, {"Fokus": "Ekstern"}, {"Nr": 2}))
    assert kept(con, "number", table="directive") == [(2,)]
    assert aside(con) == [(2, "conflicting_rows"), (3, "conflicting_rows")]


def test_a_directive_of_a_letter_that_is_not_listed_is_set_aside(
    con: Connection, tmp_path: Path
) -> None:
    load(con, workbook(tmp_path, {}, {"Brev-id": "MD-2031-ØSA-ØL"}))
    assert messages(con) == [
        "row 3, column Brev-id: «MD-2031-ØSA-ØL» is not known in the directive_letter"
    ]


def test_a_directive_of_a_letter_in_another_workbook_is_set_aside(
    con: Connection, tmp_path: Path
) -> None:
    letters = ({"Samling": "MD-2030", "Brev-id": "MD-2030-ØSA-ØL"},)
    first = workbook(tmp_path, {"Samling": "MD-2030"} | letters[0], letters=letters)
    second = workbook(tmp_path, {}, {"Nr": 2} | letters[0], name="md_brev_2031_ny.xlsx")
    load(con, first, second)
    assert messages(con) == [
        "row 3, column Brev-id: «MD-2030-ØSA-ØL» is not known in the directive_letter"
    ]


def test_a_renamed_sheet_is_refused_with_the_sheets_that_the_file_has(
    con: Connection, tmp_path: Path
) -> None:
    loads = load(con, workbook(tmp_path, {}, sheets=("Foringer", "Brev")))
    assert loads["directive"].fault == "there is no sheet Føringer; the file has Foringer, Brev"
    assert loads["directive_letter"].rows_kept == 1


def test_a_collection_in_two_files_is_read_from_neither(con: Connection, tmp_path: Path) -> None:
    first = workbook(tmp_path, {})
    second = workbook(tmp_path, {}, name="md_brev_2031_ny.xlsx")
    loads = load(con, first, second)
    assert "both hold collection MD-2031: neither is read" in str(loads["directive"].fault)
    assert kept(con, "number", table="directive") == []


def test_the_letters_and_the_municipal_documents_of_a_year_stand_side_by_side(
    con: Connection, tmp_path: Path
) -> None:
    municipal = {
        "Brev-id": "KOM-2031-01",
        "Samling": "KOM-2031",
        "Avsender": "Kommune 01",
        "Mottaker": "NAV-kontor",
    }
    load(
        con,
        workbook(tmp_path, {}),
        workbook(
            tmp_path,
            {**municipal, "Linje": ""},
            letters=(
                {**municipal, "Dokumenttype": "Kommunalt dokument"},
                {
                    **municipal,
                    "Brev-id": "KOM-2031-02",
                    "Avsender": "Kommune 02",
                    "Dokumenttype": "Kommunalt dokument",
                    "Levert": "Nei",
                    "Antall føringer": None,
                    "Utpekt koder": "",
                },
            ),
            name="kommunale_dokumenter_2031.xlsx",
        ),
    )
    assert kept(con, "letter_id", "is_delivered", "n_directives", table="directive_letter") == [
        ("KOM-2031-01", True, 2),
        ("KOM-2031-02", False, None),
        ("MD-2031-YA-YL", True, 2),
    ]
    assert aside(con) == []


def test_the_text_of_a_directive_stays_in_the_raw_table(con: Connection, tmp_path: Path) -> None:
    load(con, workbook(tmp_path, {}, {"Nr": 2, "Tekst": ""}))
    assert kept(con, "directive_text", table="directive") == [
        ("Følge opp internkontroll",),
        (None,),
    ]
    assert everything(con).count("internkontroll") == 1
