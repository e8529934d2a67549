"""Published shares of a survey wave whose answers are gone: what is kept, and what is set aside."""

from pathlib import Path

import duckdb
import pytest

from dagster_project.ingest.load import FileLoad, load_codebooks, load_domain
from tests.ingest.small import (
    CODEBOOK,
    DOMAINS,
    codebook,
    kept,
    load_survey,
    messages,
    survey_csv,
)

Connection = duckdb.DuckDBPyConnection

WAVE = "  '2029': {title: {nb: Puls 2029, en: Pulse 2029}, organisation_period: 2029"
DESCRIBED = CODEBOOK.replace("waves:\n", f"waves:\n{WAVE}, form: published}}\n")
HEADINGS = "Runde;Spørsmål;Rolle;Svar;Andel;N;Kilde;Seksjon"
SHARE = "2029;room;all;Positivt;48;2000;delrapport1;4.2"
WITHOUT_N = "2029;room;leader;Positivt;60,5;;delrapport1;"


def load(con: Connection, folder: Path, *rows: str, described: str = DESCRIBED) -> FileLoad:
    """Load one file of shares, by a codebook of two waves: shares of 2029 and answers of 2031."""
    book = codebook(described)
    path = folder / "publiserte_andeler.csv"
    path.write_text(survey_csv(*rows, headings=HEADINGS), encoding="utf-8")
    load_codebooks(con, {path: book})
    (found,) = load_domain(con, DOMAINS["survey"], [path], [book])
    return found


def test_shares_are_kept_with_n_where_the_source_has_it(con: Connection, tmp_path: Path) -> None:
    found = load(con, tmp_path, SHARE, WITHOUT_N)
    assert (found.table, found.rows_in, found.rows_kept) == ("survey_share", 2, 2)
    columns = ("wave", "question_id", "role_id", "answer_class", "share_percent", "respondents")
    assert kept(con, *columns, table="survey_share") == [
        ("2029", "room", "all", "positive", 48, 2000),
        ("2029", "room", "leader", "positive", 60.5, None),
    ]


@pytest.mark.parametrize(
    ("of", "by", "says"),
    {
        "without a question": (";room;", ";;", "column Spørsmål: the value is missing"),
        "of a question that the wave does not know": (
            ";room;",
            ";space;",
            "column Spørsmål: «space» is not known in the codebook_question of wave 2029",
        ),
        "over a hundred": (";48;", ";130;", "column Andel: «130» is above 100"),
        "that is no number": (";48;", ";om lag 48;", "column Andel: «om lag 48» is not a number"),
        "of a role that is not known": (
            ";all;",
            ";boss;",
            "column Rolle: «boss» is not known in seeds/reference/roles.csv; correct it, or add it",
        ),
        "without a source": (";delrapport1;", ";;", "column Kilde: the value is missing"),
        "of a wave whose answers are there": (
            "2029;",
            "2031;",
            "column Runde: «2031» is not known in the codebook_question with wave_form published; "
            "take the share out where the wave's answers are there; where they are gone, write "
            "`form: published` at the wave in its codebook",
        ),
    }.values(),
    ids=lambda value: value.strip(";"),
)
def test_a_row_is_set_aside(con: Connection, tmp_path: Path, of: str, by: str, says: str) -> None:
    found = load(con, tmp_path, SHARE.replace(of, by), WITHOUT_N)
    assert (found.rows_kept, found.rows_quarantined) == (1, 1)
    assert messages(con) == [f"row 2, {says}"]


def test_one_share_may_not_be_told_in_two_ways(con: Connection, tmp_path: Path) -> None:
    found = load(con, tmp_path, SHARE, SHARE.replace(";48;", ";49;"))
    assert (found.rows_kept, found.rows_quarantined) == (0, 2)


def test_answers_are_not_read_as_a_wave_that_is_published_alone(
    con: Connection, tmp_path: Path
) -> None:
    answers = survey_csv("r1;0101;1;3;;;3")
    load_survey(con, tmp_path, ("puls_2031.csv", answers), described=DESCRIBED)
    assert kept(con, "wave", "q_room") == [("2031", 3)]


def test_a_codebook_of_published_shares_alone_reads_no_answers() -> None:
    book = codebook(CODEBOOK.replace("period: 2031}", "period: 2031, form: published}"))
    assert not book.reads(Path("puls_2031.csv"))
    assert {row["wave_form"] for row in book.question_rows()} == {"published"}
