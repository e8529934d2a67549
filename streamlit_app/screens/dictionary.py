"""The data dictionary: what every column of the release, and of the files behind it, holds.

Belongs here: searching and choosing among its rows, and how they are shown.
Does not belong here: what any column means, which the release itself says.
"""

import pandas as pd
import streamlit as st

from streamlit_app.blocks.chart import Behind
from streamlit_app.blocks.filters import choose, search_box
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import listing, show_listing
from streamlit_app.blocks.table import table_html
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.tables import NORWEGIAN, Column, Stamp

ALL = "all"
MOST_SHOWN = 200  # rows; more makes the page slow, and nobody reads that far


def render(view: View) -> None:
    """The whole page."""
    say = view.say
    st.title(say("dictionary.title"), anchor=False)
    paragraph(say("dictionary.lead"), "tm-lead")
    rows = view.dictionary()
    if rows.empty:
        paragraph(say("dictionary.not_there"), "tm-small")
        return
    rows, filters = _chosen(rows, view)
    if rows.empty:
        paragraph(say("dictionary.none"), "tm-small")
        return
    _count(len(rows), say)
    stamp = Stamp(view.release.release_id, filters, view.is_demonstration)
    behind = Behind(rows, every_column(say), stamp, [say("csv.dictionary")])
    on_page = _table(rows.head(MOST_SHOWN), say)
    show_listing(listing("dictionary", say("dictionary.title"), behind, say, on_page), say)


def found(rows: pd.DataFrame, words: str) -> pd.DataFrame:
    """The rows in which each of the words stands somewhere, in any case and either language."""
    text = rows.agg("\n".join, axis=1).str.casefold()
    for word in words.casefold().split():
        rows = rows[text[rows.index].str.contains(word, regex=False)]
    return rows


def _chosen(rows: pd.DataFrame, view: View) -> tuple[pd.DataFrame, dict[str, str]]:
    """The rows of the part and table chosen that fit the search, and what was chosen in words."""
    say = view.say
    part_box, table_box, search = st.columns([1.2, 2, 1.5])
    parts = {ALL: say("dictionary.part_all")}
    parts |= {part: say(f"dictionary.part_{part}") for part in rows["part"].unique()}
    with part_box:
        part = choose("part", say("dictionary.part"), parts, ALL, view, clears=["table"])
    rows = rows if part == ALL else rows[rows["part"] == part]
    tables = {ALL: say("dictionary.all_tables")}
    tables |= {
        table: say("dictionary.table_is", table=table, row=row_is)
        for table, row_is in zip(rows["table"], rows[f"table_{say.lang}"], strict=True)
    }
    with table_box:
        table = choose("table", say("dictionary.table"), tables, ALL, view)
    rows = rows if table == ALL else rows[rows["table"] == table]
    with search:
        words = search_box("search", say("dictionary.search"))
    filters = {
        say("dictionary.part"): parts[part],
        say("dictionary.table"): tables[table],
        **({say("dictionary.search"): words} if words else {}),
    }
    return found(rows, words), filters


def _count(count: int, say: Say) -> None:
    """How many rows there are, and whether all of them are shown."""
    written = say.forms.number(count)
    if count <= MOST_SHOWN:
        paragraph(say("dictionary.count", count=written), "tm-small")
    else:
        paragraph(say("dictionary.first", shown=MOST_SHOWN, count=written), "tm-small")


def _table(rows: pd.DataFrame, say: Say) -> str:
    """The rows with what a reader asks for first; a column without anything in it is left out."""
    lang = say.lang
    asked = zip(rows[f"asked_{lang}"], rows[f"wording_{lang}"], strict=True)
    wording = [say("dictionary.asked_wording", asked=a, wording=w) if w else "" for a, w in asked]
    rows = rows.assign(wording=wording)
    columns = [
        Column("column", say("column.in_column")),
        Column("table", say("dictionary.table")),
        Column(f"definition_{lang}", say("column.definition")),
        Column("wording", say("dictionary.wording")),
        Column(f"valid_values_{lang}", say("dictionary.valid_values")),
        Column(f"missing_codes_{lang}", say("dictionary.missing_codes")),
        Column("headings", say("dictionary.headings"), language=NORWEGIAN),
    ]
    if rows["table"].nunique() == 1:
        columns = [column for column in columns if column.name != "table"]
    return table_html(rows, [c for c in columns if rows[c.name].ne("").any()], say)


def every_column(say: Say) -> list[Column]:
    """What the CSV file holds: all there is, in the language chosen."""
    lang = say.lang
    return [
        Column("table", say("dictionary.table")),
        Column(f"table_{lang}", say("dictionary.row_is")),
        Column("column", say("column.in_column")),
        Column(f"definition_{lang}", say("column.definition")),
        Column(f"asked_{lang}", say("dictionary.asked")),
        Column(f"wording_{lang}", say("dictionary.wording")),
        Column(f"valid_values_{lang}", say("dictionary.valid_values")),
        Column(f"missing_codes_{lang}", say("dictionary.missing_codes")),
        Column("type", say("dictionary.type")),
        Column("is_required", say("dictionary.is_required")),
        Column("headings", say("dictionary.headings")),
        Column("references", say("dictionary.references")),
        Column("files", say("dictionary.files")),
    ]
