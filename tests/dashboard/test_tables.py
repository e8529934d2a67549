import pandas as pd
import pytest

from streamlit_app.blocks.published import published_words
from streamlit_app.blocks.table import in_html, table_html
from streamlit_app.catalogue import Say
from streamlit_app.tables import Column, figure_columns, on_screen

NB = Say("nb")
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


def columns(say: Say) -> list[Column]:
    return [Column("name", "Navn"), *figure_columns(say)]


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


@pytest.mark.parametrize(
    ("value", "high", "unit", "comparator", "written"),
    [
        ("75.93", None, "percent", "exact", "75,93\u00a0%"),
        ("90", None, "percent", "nearly", "nesten 90\u00a0%"),
        ("15", "30", "percent", "range", "15\u00a0% til 30\u00a0%"),
        ("3660", None, "count", "exact", "3\u00a0660"),
        ("250000", None, "NOK", "exact", "250\u00a0000\u00a0kr"),
        ("400", None, "person-years", "about", "om lag 400 årsverk"),
        ("50", None, "percent reduction", "nearly", "nesten 50\u00a0% reduksjon"),
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


def test_a_text_in_another_language_than_the_page_says_in_which():
    rows = pd.DataFrame(
        {"id": ["a", "b"], "purpose": ["Mer rom", "✕ missing"], "has": [True, False]}
    )
    columns = [Column("id", "Id"), Column("purpose", "Purpose", language="nb", where="has")]
    html = table_html(rows, columns, Say("en"))
    assert '<td lang="nb">Mer rom</td>' in html
    assert "<td>✕ missing</td>" in html
    assert "lang=" not in table_html(rows, columns, NB)


def test_a_very_long_name_may_be_broken_and_a_short_one_or_a_hash_is_whole():
    assert in_html("int_survey__estimates & more") == "int_survey__estimates &amp; more"
    assert in_html("f" * 64) == "f" * 64
    assert in_html(f"dbt: {'holds_' * 10}x") == f"dbt: {'holds_<wbr>' * 10}x"


def test_the_longer_a_text_is_the_more_room_its_column_has_and_a_number_is_a_number():
    rows = pd.DataFrame({"name": ["x" * 20, "y " * 12, "z " * 31, "a " * 51], "n": [1, 2, 3, 4]})
    html = table_html(rows, [Column("name", "Navn"), Column("n", "n", "count")], NB)
    rooms = [row.partition(">")[0] for row in html.split('<th scope="row"')[1:]]
    assert rooms == ["", ' class="tm-some"', ' class="tm-long"', ' class="tm-longest"']
    assert html.count('<td class="tm-number">') == len(rows)
