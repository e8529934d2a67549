"""CSV as Norwegian Excel and survey tools write it."""

from pathlib import Path

import duckdb
import pytest

from dagster_project.ingest.contract import FileFault
from dagster_project.ingest.readers import Incoming, read_file
from tests.ingest.small import incoming, two_columns

Connection = duckdb.DuckDBPyConnection

ASE_AND_BO = [(2, "1", "Åse"), (3, "2", "Bø")]


def read(con: Connection, folder: Path, content: str | bytes, **claims: str) -> Incoming:
    file = folder / "fil.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(con, file, two_columns(**claims))


def fault(con: Connection, folder: Path, content: str | bytes, **claims: str) -> str:
    with pytest.raises(FileFault) as caught:
        read(con, folder, content, **claims)
    return str(caught.value)


# --- the delimiter ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "delimiter", [";", ",", "\t", "|"], ids=["semicolon", "comma", "tab", "pipe"]
)
def test_the_delimiter_is_found_from_the_headings(
    con: Connection, tmp_path: Path, delimiter: str
) -> None:
    text = "Id;Navn\n1;Åse\n2;Bø\n".replace(";", delimiter)
    assert read(con, tmp_path, text).headings == ["Id", "Navn"]
    assert incoming(con) == ASE_AND_BO


def test_a_txt_file_is_read_as_csv(con: Connection, tmp_path: Path) -> None:
    file = tmp_path / "fil.TXT"
    file.write_text("Id\tNavn\n1\tÅse\n2\tBø\n", encoding="utf-8")
    read_file(con, file, two_columns())
    assert incoming(con) == ASE_AND_BO


def test_more_commas_than_semicolons_do_not_mislead(con: Connection, tmp_path: Path) -> None:
    read(con, tmp_path, "Id;Navn;Hva, hvor, når\n1;Åse;a, b, c\n")
    assert incoming(con) == [(2, "1", "Åse", "a, b, c")]


def test_decimal_commas_stay_in_the_cells_of_a_semicolon_file(
    con: Connection, tmp_path: Path
) -> None:
    read(con, tmp_path, "Id;Navn;Svartid\n1;Åse;12,5\n2;Bø;0,75\n")
    assert [row[3] for row in incoming(con)] == ["12,5", "0,75"]


def test_a_delimiter_claimed_wrong_is_refused_and_the_right_one_named(
    con: Connection, tmp_path: Path
) -> None:
    assert fault(con, tmp_path, "Id;Navn\n1;Åse\n", delimiter=",") == (
        "row 1, read with comma between the fields, gives 1 column(s) and none of the expected "
        "headings; the file uses semicolon: correct `delimiter`"
    )


def test_a_file_with_none_of_the_headings_says_which_were_expected(
    con: Connection, tmp_path: Path
) -> None:
    message = fault(con, tmp_path, "1;Åse\n2;Bø\n")
    assert "none of the expected headings (Id, Navn, …)" in message
    assert "check that row 1 is the headings" in message


# --- the encoding ----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found_out(con: Connection, tmp_path: Path, encoding: str) -> None:
    assert read(con, tmp_path, "Id;Navn\n1;Åse\n2;Bø\n".encode(encoding)).headings[0] == "Id"
    assert incoming(con) == ASE_AND_BO


def test_a_claimed_encoding_that_is_right_is_used(con: Connection, tmp_path: Path) -> None:
    read(con, tmp_path, "Id;Navn\n1;Åse\n2;Bø\n".encode("cp1252"), encoding="cp1252")
    assert incoming(con) == ASE_AND_BO


def test_a_byte_order_mark_counts_for_more_than_the_claim(con: Connection, tmp_path: Path) -> None:
    read(con, tmp_path, "Id;Navn\n1;Åse\n2;Bø\n".encode("utf-8-sig"), encoding="cp1252")
    assert incoming(con) == ASE_AND_BO


def test_windows_1252_claimed_as_utf_8_is_refused_with_row_and_byte(
    con: Connection, tmp_path: Path
) -> None:
    content = "Id;Navn\n1;Ase\n2;Bø\n".encode("cp1252")
    assert fault(con, tmp_path, content, encoding="utf-8").startswith(
        "row 3: byte 0xF8 is not utf-8, which the file claims to be"
    )


def test_utf_8_claimed_as_windows_1252_is_refused_rather_than_read_as_other_letters(
    con: Connection, tmp_path: Path
) -> None:
    message = fault(con, tmp_path, "Id;Navn\n1;Ase\n2;Bø\n", encoding="cp1252")
    assert message.startswith("row 3: byte 0xC3 begins a letter in UTF-8")


def test_plain_letters_are_the_same_under_either_claim(con: Connection, tmp_path: Path) -> None:
    read(con, tmp_path, "Id;Navn\n1;Ase\n", encoding="cp1252")
    assert incoming(con) == [(2, "1", "Ase")]


def test_a_stray_byte_behind_a_byte_order_mark_is_refused_with_its_row(
    con: Connection, tmp_path: Path
) -> None:
    content = "Id;Navn\n1;Åse\n".encode("utf-8-sig") + b"2;B\xf8\n"
    assert fault(con, tmp_path, content).startswith("row 3: byte 0xF8 is not utf-8,")


def test_a_byte_that_no_encoding_knows_is_refused(con: Connection, tmp_path: Path) -> None:
    message = fault(con, tmp_path, b"Id;Navn\n1;\x81\n")
    assert message.startswith("row 2: byte 0x81 is not cp1252, which the file was taken for")


def test_utf_16_cut_in_the_middle_of_a_letter_is_refused(con: Connection, tmp_path: Path) -> None:
    assert "is not utf-16" in fault(con, tmp_path, "Id;Navn\n1;Åse\n".encode("utf-16")[:-1])


# --- quotation marks -------------------------------------------------------------------------


def test_quoted_fields_may_hold_delimiters_quotation_marks_and_new_lines(
    con: Connection, tmp_path: Path
) -> None:
    read(con, tmp_path, 'Id;Navn\n1;"Åse; ""Bø""\nog Per"\n2;Kari\n')
    assert incoming(con) == [(2, "1", 'Åse; "Bø"\nog Per'), (3, "2", "Kari")]


def test_a_quotation_mark_never_closed_is_refused_with_the_row_that_opens_it(
    con: Connection, tmp_path: Path
) -> None:
    message = fault(con, tmp_path, 'Id;Navn\n1;Åse\n2;"Bø\n3;Per\n4;Kari\n')
    assert message.startswith("row 3: ")
    assert "a quotation mark is opened and never closed" in message


def test_the_row_is_counted_as_in_a_spreadsheet_also_behind_a_field_of_several_lines(
    con: Connection, tmp_path: Path
) -> None:
    message = fault(con, tmp_path, 'Id;Navn\n1;"Åse\nog\nBø"\n2;"Per\n')
    assert message.startswith("row 3: ")


def test_a_quotation_mark_opened_in_the_headings_is_refused_however_long_the_file(
    con: Connection, tmp_path: Path
) -> None:
    message = fault(con, tmp_path, 'Id;"Navn\n' + "1;Åse\n" * 30_000)
    assert message.startswith("row 1: ")


def test_text_behind_a_closing_quotation_mark_is_refused(con: Connection, tmp_path: Path) -> None:
    assert fault(con, tmp_path, 'Id;Navn\n1;"Åse" Bø\n2;Per\n').startswith("row 2: ")


# --- the shape of rows -----------------------------------------------------------------------


def test_rows_with_too_many_or_too_few_fields_are_told_by_row(
    con: Connection, tmp_path: Path
) -> None:
    result = read(con, tmp_path, "Id;Navn\n1;Åse;mer\n2\n3;Per\n")
    assert result.short_rows == [
        (2, "has 3 fields, the headings are 2"),
        (3, "has 1 fields, the headings are 2"),
    ]
    assert incoming(con) == [(2, "1", "Åse"), (3, "2", None), (4, "3", "Per")]


@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n"])
def test_a_last_row_that_is_cut_off_refuses_the_file(
    con: Connection, tmp_path: Path, ending: str
) -> None:
    assert fault(con, tmp_path, f"Id;Navn\n1;Åse\n2{ending}") == (
        "row 3, the last, has 1 of 2 fields: the file is cut off; deliver it again"
    )


def test_a_last_row_without_a_new_line_is_whole(con: Connection, tmp_path: Path) -> None:
    read(con, tmp_path, "Id;Navn\r\n1;Åse\r\n2;Bø")
    assert incoming(con) == ASE_AND_BO


def test_blank_rows_are_no_rows_but_count_in_the_row_number(
    con: Connection, tmp_path: Path
) -> None:
    read(con, tmp_path, "Id;Navn\n\n1;Åse\n ; \n;\n2;Bø\n\n")
    assert incoming(con) == [(3, "1", "Åse"), (6, "2", "Bø")]


def test_blanks_and_hard_spaces_around_a_cell_are_left_out(con: Connection, tmp_path: Path) -> None:
    read(con, tmp_path, " Id ;\u00a0Navn\n 1 ;\u00a0Åse\u00a0\n2;  \n")
    assert incoming(con) == [(2, "1", "Åse"), (3, "2", None)]


def test_more_rows_than_one_batch_are_all_read(
    con: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dagster_project.ingest.readers.BATCH", 2)
    read(con, tmp_path, "Id;Navn\n" + "".join(f"{n};x\n" for n in range(1, 6)))
    assert [(row, cell) for row, cell, _ in incoming(con)] == [
        (2, "1"), (3, "2"), (4, "3"), (5, "4"), (6, "5"),
    ]  # fmt: skip


# --- files with nothing in them, or too much -------------------------------------------------


def test_an_empty_file_is_refused(con: Connection, tmp_path: Path) -> None:
    assert fault(con, tmp_path, b"") == "the file is empty; deliver it again"


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\n\n \n"], ids=["mark", "blank rows"])
def test_a_file_with_nothing_but_blanks_is_refused(
    con: Connection, tmp_path: Path, content: bytes
) -> None:
    assert fault(con, tmp_path, content)


def test_headings_without_rows_are_refused(con: Connection, tmp_path: Path) -> None:
    assert fault(con, tmp_path, "Id;Navn\n\n") == (
        "the file has headings but no rows; deliver it again"
    )


@pytest.mark.parametrize("headings", ["Id;Navn;Navn", "Id;Navn;NAVN"])
def test_a_heading_that_stands_twice_is_refused_in_any_case(
    con: Connection, tmp_path: Path, headings: str
) -> None:
    message = fault(con, tmp_path, f"{headings}\n1;Åse;Bø\n")
    assert message == f"row 1: the heading {headings[3:7]} stands more than once; rename one"


def test_columns_without_a_heading_do_not_count_as_repeated(
    con: Connection, tmp_path: Path
) -> None:
    read(con, tmp_path, "Id;Navn;;\n1;Åse;;\n")
    assert incoming(con) == [(2, "1", "Åse", None, None)]


def test_a_file_filled_with_null_bytes_from_the_middle_is_refused(
    con: Connection, tmp_path: Path
) -> None:
    assert fault(con, tmp_path, "Id;Navn\n1;Åse\n".encode() + b"\x00" * 64)


@pytest.mark.parametrize("name", ["fil.xls", "fil.pdf", "fil"])
def test_a_format_that_is_not_read_is_refused_with_those_that_are(
    con: Connection, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_text("Id;Navn\n1;Åse\n", encoding="utf-8")
    with pytest.raises(FileFault, match=r"is not read; save as \.csv, \.parquet, \.sav, \.txt"):
        read_file(con, file, two_columns())
