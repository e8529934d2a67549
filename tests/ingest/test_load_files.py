"""A fault in the file refuses the whole of it, with a message, and leaves no row behind."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyreadstat
import pytest

from dagster_project.ingest.load import load_codebooks, load_domain
from dagster_project.warehouse import dicts
from tests.ingest.small import (
    CODEBOOK,
    DOMAINS,
    HEADINGS,
    aside,
    codebook,
    kept,
    load_organisation,
    load_rows,
    load_survey,
    organisation_csv,
    survey_csv,
)

Connection = duckdb.DuckDBPyConnection

SOUND = survey_csv("a;0101;1;3;;;2", "b;0102;2;1;1;;")


def bookkeeping(con: Connection) -> list[tuple[Any, ...]]:
    """File, rows in, kept, quarantined, unaccounted for, and whether it was refused."""
    return con.execute(
        "select source_file, rows_in, rows_kept, rows_quarantined, rows_unaccounted, "
        "fault is not null from raw.input_file where domain = 'survey' order by 1"
    ).fetchall()


# --- refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize("opener", ["open", "read_bytes"], ids=["at once", "after its SHA-256"])
def test_a_file_that_cannot_be_opened_is_refused_and_the_others_are_read(
    con: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opener: str
) -> None:
    opens = getattr(Path, opener)

    def refuse(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "organisasjon_2031.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return opens(path, *args, **kwargs)

    files = [tmp_path / f"organisasjon_{year}.csv" for year in ("2031", "2032")]
    for file, year in zip(files, ("2031", "2032"), strict=True):
        file.write_text(organisation_csv({"År": year}), encoding="utf-8")
    monkeypatch.setattr(Path, opener, refuse)
    refused, read = load_domain(con, DOMAINS["organisation"], files, [])
    assert refused.fault == (
        "cannot be opened (Permission denied); give the pipeline's user the right to read it, or "
        "deliver it again"
    )
    assert (read.fault, read.rows_kept) == (None, 1)
    assert kept(con, "source_file", table="organisation") == [("organisasjon_2032.csv",)]


@pytest.mark.parametrize(
    ("headings", "lacking"),
    [
        ("ID;Enhet;Rolle;Q1;Q2L;Q2T", "Q3"),
        ("ID;Kontor;Rolle;Q1;Q2L;T2;Q3", "Enhet, Q2T"),
    ],
)
def test_a_file_that_lacks_required_columns_is_refused_by_their_names(
    con: Connection, tmp_path: Path, headings: str, lacking: str
) -> None:
    load = load_rows(con, tmp_path, ";".join(["a"] * (headings.count(";") + 1)), headings=headings)
    assert load.fault == (
        f"row 1: the required column(s) {lacking} are lacking; the file has "
        + headings.replace(";", ", ")
    )
    assert bookkeeping(con) == [("puls_2031.csv", 0, 0, 0, 0, True)]


def test_columns_that_may_be_lacking_are_empty(con: Connection, tmp_path: Path) -> None:
    assert load_organisation(con, tmp_path).fault is None
    assert kept(con, "predecessor_unit_codes", "aliases", table="organisation") == [
        (None, None),
        (None, None),
    ]


def test_a_file_that_no_codebook_reads_is_refused(con: Connection, tmp_path: Path) -> None:
    (load,) = load_survey(con, tmp_path, ("puls_2032.csv", SOUND))
    assert load.fault == (
        "no codebook in seeds/codebooks reads a file of this name; rename it, describe it, or take "
        "it out of the inbox"
    )
    assert (load.table, load.rows_in) == ("survey", 0)


def test_a_file_that_no_table_takes_is_refused(con: Connection, tmp_path: Path) -> None:
    file = tmp_path / "ansatte.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    (load,) = load_domain(con, DOMAINS["organisation"], [file], [])
    assert load.fault is not None
    assert load.fault.startswith("no table reads a file of this name")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("puls_2031.csv", b"", "the file is empty"),
        ("puls_2031.csv", HEADINGS.encode() + b"\n", "headings but no rows"),
        ("puls_2031.csv", SOUND.encode()[:-9], "the file is cut off"),
        ("puls_2031.xlsx", b"PK\x03\x04", "cannot be opened as a workbook"),
        ("puls_2031.sav", b"$FL2", "cannot be read as SPSS"),
        ("puls_2031.parquet", b"PAR1", "cannot be read as Parquet"),
        ("puls_2031.docx", b"PK", ".docx is not read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_the_others_are_kept(
    con: Connection, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    other = CODEBOOK.replace('files: ["puls_2031*"]', 'files: ["puls_2031.*", "sound.csv"]')
    refused, sound = load_survey(
        con, tmp_path, (name, content), ("sound.csv", SOUND), described=other
    )
    assert says in str(refused.fault)
    assert (sound.fault, sound.rows_kept) == (None, 2)


def test_two_files_for_one_wave_are_both_refused_and_leave_no_rows(
    con: Connection, tmp_path: Path
) -> None:
    loads = load_survey(
        con,
        tmp_path,
        ("puls_2031.csv", SOUND),
        ("puls_2031_ny.csv", survey_csv("c;0101;1;3;;;2", "d;0999;1;8;;;2")),
        ("puls_2031_nyest.csv", survey_csv("e;0101;1;8;;;2")),
    )
    assert loads[0].fault == (
        "puls_2031.csv and puls_2031_nyest.csv both hold wave 2031: neither is read; take one of "
        "them out of the inbox"
    )
    assert "puls_2031.csv and puls_2031_ny.csv both hold wave 2031" in str(loads[1].fault)
    assert "puls_2031.csv and puls_2031_nyest.csv both" in str(loads[2].fault)
    assert [tuple(row[1:]) for row in bookkeeping(con)] == [(0, 0, 0, 0, True)] * 3
    for table in ("survey", "quarantine", "blanked_answer", "column_profile"):
        assert kept_of_survey(con, table) == 0


def kept_of_survey(con: Connection, table: str) -> int:
    ((rows,),) = con.execute(
        f"select count(*) from raw.{table} where source_file like 'puls_%'"
    ).fetchall()
    return int(rows)


def test_refusing_a_file_leaves_one_of_the_same_name_in_another_domain_alone(
    con: Connection, tmp_path: Path
) -> None:
    unit_set_aside = organisation_csv({}, {"Enhetsnr": "0102", "Ledere": "x"})
    (tmp_path / "organisasjon_a.csv").write_text(unit_set_aside, encoding="utf-8")
    load_domain(con, DOMAINS["organisation"], [tmp_path / "organisasjon_a.csv"], [])
    for name in ("organisasjon_a.csv", "organisasjon_b.csv"):
        (tmp_path / name).write_text(SOUND, encoding="utf-8")
    book = codebook(CODEBOOK.replace("puls_2031*", "organisasjon_*"))
    files = [tmp_path / "organisasjon_a.csv", tmp_path / "organisasjon_b.csv"]
    loads = load_domain(con, DOMAINS["survey"], files, [book])
    assert all(load.fault for load in loads)
    assert aside(con) == [(3, "not_a_whole_number")]


def test_a_wave_whose_organisation_was_not_delivered_for_its_period_is_refused(
    con: Connection, tmp_path: Path
) -> None:
    (load,) = load_survey(
        con, tmp_path, ("puls_2031.csv", SOUND), units=organisation_csv({"År": "2030"})
    )
    assert load.fault == (
        "the organisation holds no period 2031, which the codebook names; deliver it to the inbox"
    )
    assert kept(con, "*") == []


def test_while_no_organisation_is_delivered_units_are_not_checked(
    con: Connection, tmp_path: Path
) -> None:
    (load,) = load_survey(
        con, tmp_path, ("puls_2031.csv", survey_csv("a;0999;1;3;;;2")), units=None
    )
    assert (load.fault, load.rows_kept) == (None, 1)


# --- labels of the file itself ---------------------------------------------------------------


def spss(folder: Path, labels: dict[str, dict[int, str]], q1: str = "Q1") -> tuple[str, bytes]:
    """Two respondents as an SPSS file with these value labels."""
    columns: dict[str, list[Any]] = {
        "ID": ["a", "b"],
        "Enhet": ["0101", "0102"],
        "Rolle": [1, 2],
        q1: [3, 9],
        "Q2L": [None, 1],
        "Q2T": [None, None],
        "Q3": [2, None],
    }
    file = folder / "skriver.sav"
    table = pd.DataFrame(columns).astype({"Q2T": float})
    pyreadstat.write_sav(table, str(file), variable_value_labels=labels)
    return "puls_2031.sav", file.read_bytes()


def test_an_spss_file_whose_labels_agree_is_read(con: Connection, tmp_path: Path) -> None:
    labels = {"Q1": {1: "UENIG", 3: "Enig ", 9: "Vet ikke"}, "Rolle": {1: "Ansatt", 2: "Sjef"}}
    (load,) = load_survey(con, tmp_path, spss(tmp_path, labels))
    assert load.fault is None
    assert kept(con, "source_row", "respondent_id", "role", "q_room", "q_involved") == [
        (1, "a", "staff", 3, None),
        (2, "b", "leader", 9, 1),
    ]


@pytest.mark.parametrize("heading", ["Q1", "q1"])
def test_an_spss_file_whose_labels_contradict_the_codebook_is_refused(
    con: Connection, tmp_path: Path, heading: str
) -> None:
    labels = {heading: {1: "Enig", 3: "Uenig"}}
    (load,) = load_survey(con, tmp_path, spss(tmp_path, labels, q1=heading))
    assert load.fault == (
        "column Q1: the file says that 1 is «Enig», the codebook says «Uenig»; correct the one "
        "that is wrong"
    )
    assert kept(con, "*") == []


# --- the demonstration mark ------------------------------------------------------------------


def marked(*marks: str, heading: str = "Datagrunnlag") -> tuple[str, str]:
    rows = [f"r{n};0101;1;3;;;2;{mark}" for n, mark in enumerate(marks)]
    return "puls_2031.csv", survey_csv(*rows, headings=f"{HEADINGS};{heading}")


@pytest.mark.parametrize(
    ("marks", "is_demonstration"),
    [
        (("demonstrasjon", "demonstrasjon"), True),
        (("Demonstrasjon ", "DEMONSTRASJON"), True),
        (("virkelig", "demonstrasjon"), True),
        (("virkelig", "virkelig"), False),
    ],
)
def test_one_row_marked_as_demonstration_marks_the_whole_file(
    con: Connection, tmp_path: Path, marks: tuple[str, ...], is_demonstration: bool
) -> None:
    (load,) = load_survey(con, tmp_path, marked(*marks))
    assert load.is_demonstration is is_demonstration
    assert kept(con, "is_demonstration") == [(is_demonstration,)] * 2
    assert load.not_read == ()


def test_the_mark_is_known_in_any_case(con: Connection, tmp_path: Path) -> None:
    (load,) = load_survey(con, tmp_path, marked("demonstrasjon", heading="DATAGRUNNLAG"))
    assert load.is_demonstration


def test_a_file_without_the_mark_is_real(con: Connection, tmp_path: Path) -> None:
    assert load_rows(con, tmp_path, "a;0101;1;3;;;2").is_demonstration is False


@pytest.mark.parametrize("mark", ["demo", ""])
def test_a_mark_that_says_neither_refuses_the_file_and_names_the_row(
    con: Connection, tmp_path: Path, mark: str
) -> None:
    (load,) = load_survey(con, tmp_path, marked("demonstrasjon", mark, "virkelig"))
    assert load.fault == (
        f"row 3, column Datagrunnlag: «{mark}» is neither demonstrasjon nor virkelig; say which on "
        "every row, or leave the column out"
    )
    assert kept(con, "*") == []


def test_a_row_with_too_few_fields_is_set_aside_although_it_has_no_mark(
    con: Connection, tmp_path: Path
) -> None:
    name, text = marked("demonstrasjon", "CUT", "demonstrasjon")
    (load,) = load_survey(con, tmp_path, (name, text.replace(";CUT", "")))
    assert (load.fault, load.is_demonstration) == (None, True)
    assert aside(con) == [(3, "wrong_number_of_fields")]


# --- reading again ---------------------------------------------------------------------------


def test_a_second_reading_replaces_the_first(con: Connection, tmp_path: Path) -> None:
    load_rows(con, tmp_path, "a;0999;1;3;;;2", "b;0101;1;8;;;2")
    load_rows(con, tmp_path, "c;0101;1;3;;;2")
    assert kept(con, "respondent_id") == [("c",)]
    assert aside(con) == []
    assert bookkeeping(con) == [("puls_2031.csv", 1, 1, 0, 0, False)]


def test_a_wave_that_asks_other_questions_shares_the_table(con: Connection, tmp_path: Path) -> None:
    load_organisation(con, tmp_path)
    later = CODEBOOK.replace("2031", "2032").replace("id: room", "id: time")
    later = later.replace("organisation_period: 2032", "organisation_period: 2031")
    files = [tmp_path / "puls_2031.csv", tmp_path / "puls_2032.csv"]
    for file in files:
        file.write_text(survey_csv("a;0101;1;3;;;2"), encoding="utf-8")
    load_domain(con, DOMAINS["survey"], files, [codebook(), codebook(later)])
    assert kept(con, "wave", "respondent_id", "q_room", "q_time", "q_measures") == [
        ("2031", "a", 3, None, 2),
        ("2032", "a", None, 3, 2),
    ]


# --- the codebooks' own tables ---------------------------------------------------------------


def test_the_codebook_becomes_rows_of_questions_answers_and_indicators(
    con: Connection, tmp_path: Path
) -> None:
    file = tmp_path / "puls_2031.yml"
    file.write_text(CODEBOOK, encoding="utf-8")
    load_codebooks(con, {file: codebook()})
    questions = dicts(con, "from raw.codebook_question order by source_row")
    assert [
        (q["question_id"], q["column_name"], q["asked_of"], q["question_order"]) for q in questions
    ] == [
        ("room", "Q1", "staff,leader,union_rep", 1),
        ("involved", "Q2L", "leader", 2),
        ("involved", "Q2T", "union_rep", 2),
        ("measures", "Q3", "staff", 3),
    ]
    answers = kept(
        con, "answer_code", "answer_class", "answer_order", "label_nb", table="codebook_answer"
    )
    assert answers[:4] == [
        (1, "negative", 1, "Uenig"),
        (2, "neutral", 2, "Verken eller"),
        (3, "positive", 3, "Enig"),
        (9, "missing", 4, "Vet ikke"),
    ]
    assert len(answers) == 12
    assert kept(con, "question_id", "indicator_id", table="codebook_question_indicator") == [
        ("room", "discretion_factors"),
        ("involved", "gap_involvement_service_development"),
        ("measures", "labour_measures_room"),
    ]
