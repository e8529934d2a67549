import csv
import io

import pandas as pd
import pytest

from streamlit_app.blocks.published import published_words
from streamlit_app.blocks.table import table_html
from streamlit_app.catalogue import Say
from streamlit_app.tables import Column, Stamp, csv_bytes, figure_columns, file_name, on_screen

NB, EN = Say("nb"), Say("en")
ROWS = pd.DataFrame(
    {
        "name": ["NAV Agder", "NAV Finnmark"],
        "value": [0.7593, None],
        "lower": [0.7449, None],
        "upper": [0.7732, None],
        "n": [3494, None],
        "status": ["shown", "withheld"],
    }
)
STAMP = Stamp("a1b2c3", {"Måling": "2023"}, is_demonstration=True)


def columns(say: Say) -> list[Column]:
    return [Column("name", "Navn"), *figure_columns(say)]


def read(data: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def test_a_figure_on_screen_has_its_interval_and_n():
    table = on_screen(ROWS, columns(NB), NB)
    assert list(table.iloc[0]) == [
        "NAV Agder",
        "75,9\u00a0%",
        "74,5\u00a0%",
        "77,3\u00a0%",
        "3\u00a0494",
    ]


def test_a_withheld_figure_reads_as_the_word_and_never_as_zero():
    table = on_screen(ROWS, columns(NB), NB)
    assert list(table.iloc[1]) == ["NAV Finnmark", "skjermet", "", "", ""]


def test_norwegian_csv_opens_in_norwegian_excel():
    data = csv_bytes(ROWS, columns(NB), STAMP, NB)
    assert data.startswith(b"\xef\xbb\xbf")
    header, first, second = read(data, "utf-8-sig", ";")
    assert header[:3] == ["Navn", "Andel (prosent)", "Nedre grense (95 %) (prosent)"]
    assert first[:5] == ["NAV Agder", "75,93", "74,49", "77,32", "3494"]
    assert second[:6] == [
        "NAV Finnmark",
        "",
        "",
        "",
        "",
        "skjermet: færre enn 10 svar, eller en så liten gruppe kunne regnes ut av tallet",
    ]


def test_english_csv_is_rfc_4180():
    data = csv_bytes(ROWS, columns(EN), STAMP, EN)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 3
    assert read(data, "utf-8", ",")[1][:3] == ["NAV Agder", "75.93", "74.49"]


def test_every_row_of_a_csv_states_release_filters_and_the_demonstration_mark():
    header, *rows = read(csv_bytes(ROWS, columns(NB), STAMP, NB), "utf-8-sig", ";")
    assert header[-3:] == ["Utgave", "Datagrunnlag", "Måling"]
    for row in rows:
        assert row[-3:] == ["a1b2c3", "demonstrasjonsdata, oppdiktet", "2023"]


def test_the_file_name_states_release_and_mark():
    assert file_name(["tid", "2023", "NAV"], STAMP, NB) == (
        "tillitsmonitor_tid_2023_NAV_a1b2c3_demonstrasjon.csv"
    )
    real = Stamp("a1b2c3", {}, is_demonstration=False)
    assert file_name(["tid"], real, EN) == "tillitsmonitor_tid_a1b2c3.csv"


def test_text_that_a_spreadsheet_would_run_as_a_formula_is_disarmed():
    rows = pd.DataFrame({"name": ["=1+1", "-", "NAV"]})
    data = csv_bytes(rows, [Column("name", "Navn")], STAMP, EN)
    assert [row[0] for row in read(data, "utf-8", ",")[1:]] == ["'=1+1", "'-", "NAV"]


@pytest.mark.parametrize(
    ("value", "high", "unit", "comparator", "written"),
    [
        ("75.93", None, "percent", "exact", "75,93\u00a0%"),
        ("90", None, "percent", "nearly", "nesten 90\u00a0%"),
        ("15", "30", "percent", "range", "15\u00a0% til 30\u00a0%"),
        ("3660", None, "count", "exact", "3\u00a0660"),
        ("250000", None, "NOK", "exact", "250\u00a0000\u00a0kr"),
        ("400", None, "person-years", "about", "om lag 400 årsverk"),
    ],
)
def test_a_published_figure_is_written_as_exactly_as_its_source_puts_it(
    value, high, unit, comparator, written
):
    row = {"value": value, "value_high": high, "unit": unit, "comparator": comparator}
    assert published_words(row, "value", "value_high", NB) == written


def test_what_withheld_means_is_told_on_hover():
    rows = pd.DataFrame({"name": ["a", "b"], "value": [0.5, None], "status": ["shown", "withheld"]})
    columns = [Column("name", "Navn"), Column("value", "Andel", "percent")]
    html = table_html(rows, columns, Say("nb"))
    assert html.count('title="skjermet: færre enn 10 svar') == 1
