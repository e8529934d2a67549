"""One table in every format: the same numbers, safe to open, the same bytes each time."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from dagster_project.settings import PROJECT
from streamlit_app.catalogue import Say
from streamlit_app.export.cells import foot_lines, safe
from streamlit_app.export.files import FORMATS, file_name, sheet_names, workbook
from streamlit_app.tables import Column, Stamp, Table, figure_columns

NB, EN = Say("nb"), Say("en")
WITHHELD = "skjermet: færre enn 10 svar, eller en så liten gruppe kunne regnes ut av tallet"
ROWS = pd.DataFrame(
    {
        "name": ["NAV Agder", "NAV Finnmark"],
        "value": [0.575, None],
        "lower": [0.745, None],
        "upper": [1 / 3, None],
        "n": [3494.0, None],
        "balance": [-0.035, None],
        "day": pd.to_datetime(["2014-06-05", None]),
        "status": ["shown", "withheld"],
        "source_file": ["svar_2023.csv", "svar_2023.csv"],
    }
)
STAMP = Stamp("a1b2c3", {"Måling": "2023"}, is_demonstration=True)


def table(rows: pd.DataFrame = ROWS, say: Say = NB) -> Table:
    columns = [
        Column("name", "Navn"),
        *figure_columns(say),
        Column("balance", "Balanse", "points"),
        Column("day", "Frist", "date"),
    ]
    return Table("andel", "Andel som er enige", rows, columns, STAMP, ["En merknad."])


def texts(cells: list[str]) -> Table:
    return Table("t", "t", pd.DataFrame({"x": cells}), [Column("x", "Tekst")], STAMP)


def read_csv(data: bytes, encoding: str, divider: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=divider))


def read_xlsx(data: bytes, page: str) -> list[list[object]]:
    return load_workbook(io.BytesIO(data)).get_sheet_by_name(page).to_python()


def part(data: bytes, name: str) -> str:
    """One part of a workbook, as it lies in the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read(name).decode()


def test_norwegian_csv_opens_in_norwegian_excel():
    data = FORMATS["csv_norwegian"].write(table(), NB)
    assert data.startswith(b"\xef\xbb\xbf")
    header, first, second = read_csv(data, "utf-8-sig", ";")
    assert header[:3] == ["Navn", "Andel (prosent)", "Nedre grense (95 %) (prosent)"]
    assert first[:7] == ["NAV Agder", "57,5", "74,5", "33,3333333333", "3494", "-3,5", "2014-06-05"]
    assert second[:8] == ["NAV Finnmark", *["skjermet"] * 5, "", WITHHELD]


def test_the_other_csv_is_rfc_4180_with_empty_cells_for_what_is_withheld():
    data = FORMATS["csv"].write(table(say=EN), EN)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 3
    _, first, second = read_csv(data, "utf-8", ",")
    assert first[:3] == ["NAV Agder", "57.5", "74.5"]
    assert second[:3] == ["NAV Finnmark", "", ""]
    assert second[7].startswith("withheld: ")


def test_numbers_in_a_workbook_are_numbers_and_percentages_percentages():
    data = FORMATS["xlsx"].write(table(), NB)
    _, first, second = read_xlsx(data, "andel")
    assert first[:7] == ["NAV Agder", 0.575, 0.745, 1 / 3, 3494, -3.5, date(2014, 6, 5)]
    assert second[1:6] == ["skjermet"] * 5
    assert 'formatCode="0.0&quot;\u00a0&quot;%"' in part(data, "xl/styles.xml")


SIDES = pd.DataFrame(
    {
        "name": ["a", "b", "c"],
        "value": [0.5, None, None],
        "n": [50.0, None, None],
        "status": ["shown", "withheld", "no_figure"],
        "value_compared": [None, 0.25, None],
        "n_compared": [None, 40.0, None],
        "status_compared": ["not_asked", "shown", "withheld"],
    }
)


def two_sides() -> Table:
    """A table of two sides, each of which lacks a figure for a reason of its own."""
    columns = [
        Column("name", "Navn"),
        Column("value", "2025", "percent"),
        Column("n", "Svar, 2025", "count"),
        Column("value_compared", "2023", "percent"),
        Column("n_compared", "Svar, 2023", "count"),
    ]
    return Table("sider", "To sider", SIDES, columns, STAMP)


NOT_ASKED = "ikke spurt: spørsmålet ble ikke stilt i målingen, eller ikke til dem som er valgt"
NO_FIGURE = "uten tall: det er spurt, men utgaven har ikke tall for dette utvalget"
NOTES = [f"2023: {NOT_ASKED}", f"2025: {WITHHELD}", f"2025: {NO_FIGURE}; 2023: {WITHHELD}"]


def test_a_side_without_a_figure_says_why_in_each_of_its_cells_and_in_the_note():
    _, *rows = read_csv(FORMATS["csv_norwegian"].write(two_sides(), NB), "utf-8-sig", ";")
    assert [row[1:5] for row in rows] == [
        ["50", "50", "ikke spurt", "ikke spurt"],
        ["skjermet", "skjermet", "25", "40"],
        ["uten tall", "uten tall", "skjermet", "skjermet"],
    ]
    assert [row[5] for row in rows] == NOTES
    _, *cells = read_xlsx(FORMATS["xlsx"].write(two_sides(), NB), "sider")
    assert [row[1:5] for row in cells] == [
        [0.5, 50, "ikke spurt", "ikke spurt"],
        ["skjermet", "skjermet", 0.25, 40],
        ["uten tall", "uten tall", "skjermet", "skjermet"],
    ]
    assert [row[5] for row in cells] == NOTES


def test_where_a_cell_must_be_a_number_the_note_says_why_a_side_has_none():
    _, *rows = read_csv(FORMATS["csv"].write(two_sides(), NB), "utf-8", ",")
    assert [row[1:5] for row in rows] == [
        ["50", "50", "", ""], ["", "", "25", "40"], ["", "", "", ""],
    ]  # fmt: skip
    assert [row[5] for row in rows] == NOTES
    frame = pd.read_parquet(io.BytesIO(FORMATS["parquet"].write(two_sides(), NB)))
    assert frame["Merknad"].tolist() == NOTES
    assert frame["2023"].isna().tolist() == [True, False, True]


def test_the_header_of_a_sheet_stays_in_sight():
    page = part(FORMATS["xlsx"].write(table(), NB), "xl/worksheets/sheet2.xml")
    assert 'xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"' in page


def test_the_front_sheet_of_a_workbook_says_what_is_in_it():
    page = read_xlsx(workbook([("andel", table())], "Tall", NB), "Om")
    cells = [cell for row in page for cell in row if cell]
    for said in ["a1b2c3", "demonstrasjonsdata, oppdiktet", "andel", "Måling: 2023", WITHHELD]:
        assert said in cells
    assert "Andel som er enige" in cells
    assert "En merknad." in cells


def test_parquet_holds_proportions_and_nothing_where_a_number_is_withheld():
    frame = pd.read_parquet(io.BytesIO(FORMATS["parquet"].write(table(), NB)))
    assert list(frame.iloc[0][:4]) == ["NAV Agder", 0.575, 0.745, 1 / 3]
    assert frame["Antall svar"].isna().tolist() == [False, True]
    assert frame["Merknad"].tolist() == ["", WITHHELD]
    assert frame["Frist"].tolist() == [date(2014, 6, 5), None]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_states_release_mark_filters_and_notes_on_each_row(kind):
    data = FORMATS[kind].write(table(), NB)
    frame = {
        "xlsx": lambda: pd.read_excel(io.BytesIO(data), sheet_name="andel", engine="calamine"),
        "csv_norwegian": lambda: pd.read_csv(io.BytesIO(data), sep=";", encoding="utf-8-sig"),
        "csv": lambda: pd.read_csv(io.BytesIO(data)),
        "parquet": lambda: pd.read_parquet(io.BytesIO(data)),
    }[kind]()
    assert frame["Utgave"].tolist() == ["a1b2c3"] * 2
    assert frame["Datagrunnlag"].tolist() == ["demonstrasjonsdata, oppdiktet"] * 2
    assert frame["Måling"].astype(str).tolist() == ["2023"] * 2
    assert frame["Merknader til tabellen"].tolist() == ["En merknad."] * 2


PASSPORTS = {
    "NAV Agder": "Definisjon: Andel; enig\nUtgave: a1b2c3",
    "Andel": "Definisjon: =1+1\nUtgave: a1b2c3",
}


@pytest.mark.parametrize(
    ("kind", "encoding", "divider"), [("csv_norwegian", "utf-8-sig", ";"), ("csv", "utf-8", ",")]
)
def test_a_csv_has_the_passport_of_its_figures_on_each_row(kind, encoding, divider):
    with_passports = replace(table(), passports=PASSPORTS)
    header, *rows = read_csv(FORMATS[kind].write(with_passports, NB), encoding, divider)
    plain = read_csv(FORMATS[kind].write(table(), NB), encoding, divider)
    assert [header[:-1], *(row[:-1] for row in rows)] == plain
    assert header[-1] == "Pass for tallene"
    agder = "NAV Agder: Definisjon: Andel; enig · Utgave: a1b2c3"
    assert rows[0][-1] == agder  # what a row names, and else all of the table
    assert rows[1][-1] == f"{agder} · Andel: Definisjon: =1+1 · Utgave: a1b2c3"


def test_the_front_sheet_of_a_workbook_has_the_passports():
    book = FORMATS["xlsx"].write(replace(table(), passports=PASSPORTS), NB)
    cells = [cell for row in read_xlsx(book, "Om") for cell in row]
    assert PASSPORTS["NAV Agder"] in cells
    assert "Pass for tallene" not in read_xlsx(book, "andel")[0]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_table_gives_the_same_bytes(kind):
    assert FORMATS[kind].write(table(), NB) == FORMATS[kind].write(table(), NB)


def test_a_workbook_has_no_author_no_path_no_macro_no_link():
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].write(table(), NB))) as book:
        core = book.read("docProps/core.xml").decode()
        everything = b"".join(book.read(name) for name in book.namelist())
        names = " ".join(book.namelist())
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "2000-01-01" in core
    assert not any(word in names for word in ("vba", "externalLink", "drawing"))
    assert b'TargetMode="External"' not in everything
    assert str(PROJECT).encode() not in everything
    assert b"/home/" not in everything


def test_a_count_that_is_withheld_where_it_is_missing_reads_as_the_word():
    rows = pd.DataFrame({"rows": [12.0, None]})
    few = Table("t", "t", rows, [Column("rows", "Rader", "few")], STAMP)
    _, *rows_read = read_xlsx(FORMATS["xlsx"].write(few, NB), "t")
    assert [row[0] for row in rows_read] == [12, "skjermet"]
    _, *lines = read_csv(FORMATS["csv_norwegian"].write(few, NB), "utf-8-sig", ";")
    assert [line[0] for line in lines] == ["12", "skjermet"]


def test_columns_of_one_heading_are_told_apart():
    rows = pd.DataFrame({"a": [1.0], "b": [2.0]})
    twice = Table(
        "t", "t", rows, [Column("a", "Tall", "score"), Column("b", "Tall", "score")], STAMP
    )
    frame = pd.read_parquet(io.BytesIO(FORMATS["parquet"].write(twice, NB)))
    assert frame[["Tall", "Tall (2)"]].iloc[0].tolist() == [1.0, 2.0]


# what people type, what spreadsheets run, and what divides cells
dangerous = st.text(st.sampled_from("=+-@\t\r\n;,\"' aB1|!\x00\x0b＝−"), max_size=12)
STARTS = tuple("=+-@\t\r\n＝＋－＠")


@given(st.lists(dangerous | st.text(max_size=8), min_size=1, max_size=4))
def test_no_text_begins_as_a_formula_in_any_format(cells):
    made = texts(cells)
    for kind, encoding, divider in (("csv_norwegian", "utf-8-sig", ";"), ("csv", "utf-8", ",")):
        data = FORMATS[kind].write(made, NB)
        assert not [cell for row in read_csv(data, encoding, divider) for cell in row
                    if cell.lstrip(" ").startswith(STARTS)]  # fmt: skip
    frame = pd.read_parquet(io.BytesIO(FORMATS["parquet"].write(made, NB)))
    assert not [text for text in frame["Tekst"] if text.startswith(STARTS)]
    book = FORMATS["xlsx"].write(made, NB)
    assert "<f>" not in part(book, "xl/worksheets/sheet2.xml")
    assert not [row[0] for row in read_xlsx(book, "t")[1:] if str(row[0]).startswith(STARTS)]


@given(dangerous)
def test_no_cell_is_a_formula_where_the_file_is_read_with_another_divider(text):
    data = FORMATS["csv"].write(texts([f"x{text}"]), NB).decode()
    for cell in re.split("[;\t\r\n]", data):
        is_formula = cell.startswith(tuple("=+-@＝＋－＠")) and cell[1:2] not in ' ;,"'
        assert not is_formula, cell


@given(st.text())
def test_a_text_without_danger_is_left_as_it_is(text):
    plain = "Ø" + "".join(letter for letter in text if letter.isalnum())
    assert safe(plain) == plain


def test_a_heading_cannot_be_a_formula_either():
    rows = pd.DataFrame({"x": ["a"]})
    made = Table("t", "t", rows, [Column("x", "=1+1")], Stamp("a", {"@x": "=2"}, False))
    header, first = read_csv(FORMATS["csv"].write(made, NB), "utf-8", ",")
    assert header[0] == "'=1+1"
    assert header[-1] == "'@x"
    assert first[-1] == "'=2"


def test_sheet_names_are_such_as_excel_takes():
    names = sheet_names(["Om", "om", "a/b:c", "x" * 40, "x" * 40, "'", ""])
    assert names == ["Om", "om 2", "a b c", "x" * 31, "x" * 29 + " 2", "-", "- 2"]


def test_the_file_name_states_release_and_mark():
    assert file_name(["tid", "2023", "NAV"], STAMP, NB, ".csv") == (
        "tillitsmonitor_tid_2023_NAV_a1b2c3_demonstrasjon.csv"
    )
    real = Stamp("a1b2c3", {}, is_demonstration=False)
    assert file_name(["tid"], real, EN, ".xlsx") == "tillitsmonitor_tid_a1b2c3.xlsx"


def test_the_foot_says_notes_source_release_mark_and_filters():
    assert foot_lines(table(), NB) == [
        "En merknad.",
        "Kilde: svar_2023.csv",
        "Tillitsmonitor\u00a0· Utgave: a1b2c3\u00a0· Demonstrasjonsdata\u00a0· Måling: 2023",
    ]


def test_on_paper_a_sheet_has_its_own_columns_and_says_the_rest_in_the_margins():
    data, own = FORMATS["xlsx"].write(table(), NB), len(table().columns)
    last = "ABCDEFGHIJ"[own - 1]
    names = part(data, "xl/workbook.xml")
    assert "_xlnm.Print_Area" in names
    assert f"$A$1:${last}$3<" in names
    page = part(data, "xl/worksheets/sheet2.xml")
    assert "<oddHeader>&amp;LAndel som er enige</oddHeader>" in page
    assert "Utgave: a1b2c3\u00a0· demonstrasjonsdata, oppdiktet\u00a0· Måling: 2023" in page
    assert 'ht="15"' in page  # the note beside a row makes it no higher
    assert not re.search(r'<row r="3"[^>]* ht="2', page)
