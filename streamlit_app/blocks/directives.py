"""Goal 4's letters: governing directives, what is new, what they are coded as, and who coded them.

Belongs here: titles, text alternatives and tables of what the coded letters say.
Does not belong here: drawing (charts/directives.py), counting, which the release has done.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import Listing, listing, show_listing
from streamlit_app.blocks.outside import year_chosen
from streamlit_app.blocks.passport import Subject, about, about_subject
from streamlit_app.blocks.place import place_of
from streamlit_app.catalogue import Say
from streamlit_app.charts.directives import bars_over_years, stacked_bars
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import SEPARATOR, Row, records
from streamlit_app.kept import kept
from streamlit_app.organisation import ROOT
from streamlit_app.selection import INCOMPLETE
from streamlit_app.tables import Column, Stamp

GOVERNING, CHANGE, NEW = "governing_directives", "governing_directives_change", "new_directives"
BATTERY = "battery"
WHOLE, MD_LETTER, MUNICIPAL = "all", "md_letter", "municipal"
COMPLETE, LACKING = "complete", "lacking"
WIDE = 125
YEARS_SHOWN = 5


@dataclass(frozen=True)
class Letters:
    """The coded letters of a release: the figures of each indicator, and the letters themselves."""

    view: View
    goal_id: int

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What tells them from others, for what is kept of them."""
        return (*self.view.key, self.goal_id)

    @property
    def say(self) -> Say:
        return self.view.say

    def figures(self, indicator_id: str) -> pd.DataFrame:
        """An indicator's rows, items and years in order, with `item` as it is to be named."""
        rows = self.view.indicator_rows(self.goal_id, indicator_id)
        rows = rows.sort_values(["item_order", "period", "category_order"], kind="stable")
        return rows.assign(item=rows[f"item_label_{self.say.lang}"])

    def listed(self, kind: str) -> pd.DataFrame:
        """The letters or documents of one kind, in their order."""
        rows = self.view.table("mart_letter")
        rows = rows[rows["document_kind"] == kind].sort_values(["period", "item_order"])
        return rows.assign(
            item=rows[f"item_label_{self.say.lang}"],
            word=[self.say(f"directives.status.{status}") for status in rows["coding_status"]],
        )

    def stamp(self, year: str, what: str) -> Stamp:
        """What a table of letters says of itself."""
        filters = {self.say("directives.column.letter"): what, self.say("directives.year"): year}
        release_id = str(self.view.release.manifest["release_id"])
        return Stamp(release_id, filters, self.view.is_demonstration)


def render(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """Over the years first, then one year at a time."""
    letters = Letters(view, goal_id)
    there = {str(row["indicator_id"]): row for _, row in indicators.iterrows()}
    say = view.say
    st.header(say("directives.heading"), anchor=False)
    paragraph(say("directives.lead"), "tm-small")
    for (indicator_id, *more), over_years in (((GOVERNING, CHANGE), _governing), ((NEW,), _new)):
        if indicator_id in there and (shown := over_years(letters)):
            with place_of(indicator_id, *more):
                show(shown, say)
    years = list(letters.listed(MD_LETTER)["period"].unique())
    if not years:
        return
    year = year_chosen("letters", years, view)
    _coded_as([row for row in there.values() if row["measure"] == BATTERY], year, letters)
    st.subheader(say("directives.letters_title", year=year), anchor=False)
    show_listing(_who_coded(letters, year), say)
    paragraph(say("directives.letters_text"), "tm-small")


@kept
def _governing(letters: Letters) -> Panel | None:
    """Governing directives in each letter, year by year."""
    say = letters.say
    rows = newest(letters.figures(GOVERNING))
    single = rows[rows["item_id"] != WHOLE]
    if single.empty:
        return None
    whole = rows[(rows["item_id"] == WHOLE) & (rows["node_id"] == ROOT)]
    listed = ", ".join(_of_year(row, say) for row in records(whole))
    title = say("directives.governing_title", years=listed)
    changes = letters.figures(CHANGE)
    single = with_change(single, changes).assign(
        written=[say.forms.number(value) for value in single["value"]]
    )
    waiting = not_counted(newest(letters.listed(MD_LETTER)))
    columns = [
        Column("item", say("directives.column.letter")),
        Column("period", say("directives.column.year")),
        Column("value", say("directives.column.governing"), "count"),
        Column("base", say("directives.column.base"), "count"),
        Column("change", say("directives.column.change"), "count"),
    ]
    stamp = letters.stamp(_span(single, say), say("directives.letters"))
    heading = Heading(title, _subtitle(stamp, say), _spoken(title, single, say), WIDE)
    return panel(
        "directives-governing",
        bars_over_years(single, waiting, heading, say),
        Behind(
            single,
            columns,
            stamp,
            [say("directives.csv.governing")],
            about=about(letters.view, {GOVERNING: single, CHANGE: changes}),
        ),
        [
            *([say("directives.governing_note")] if is_partly_summed(single, whole) else []),
            say("directives.senders_note"),
            *_incomplete_note(pd.concat([whole["status"], waiting["coding_status"]]), say),
        ],
    )


@kept
def _new(letters: Letters) -> Panel | None:
    """The share of new directives by the department that sends the letters, year by year."""
    say = letters.say
    rows = newest(letters.figures(NEW))
    rows = rows[rows["item_id"] != WHOLE]
    if rows.empty:
        return None
    rows = rows.assign(written=[say.forms.percent(value) for value in rows["value"]])
    # the newest year that every sender has a figure of
    full = rows.groupby("period")["item_id"].nunique()
    year = full[full == full.max()].index.max()
    senders = ", ".join(
        say("directives.one", item=row["item"], figure=row["written"])
        for row in records(rows[rows["period"] == year])
    )
    title = say("directives.new_title", year=year, senders=senders)
    waiting = without_any(rows, not_counted(newest(letters.listed(MD_LETTER))))
    columns = [
        Column("item", say("directives.column.group")),
        Column("period", say("directives.column.year")),
        Column("value", say("directives.column.share_new"), "percent"),
        Column("base", say("directives.column.base"), "count"),
    ]
    stamp = letters.stamp(_span(rows, say), say("directives.to_lines"))
    heading = Heading(title, _subtitle(stamp, say), _spoken(title, rows, say), WIDE)
    passports = about(letters.view, {NEW: rows})
    return panel(
        "directives-new",
        bars_over_years(rows, waiting, heading, say, is_share=True),
        Behind(
            rows,
            columns,
            stamp,
            [say("directives.csv.new")],
            about=passports,
        ),
        [
            say("directives.new_note"),
            *_incomplete_note(pd.concat([rows["status"], waiting["coding_status"]]), say),
        ],
    )


def _coded_as(indicators: list[pd.Series], year: str, letters: Letters) -> None:
    """Steps, forms and focus between the levels, with the municipal documents beside them."""
    for indicator in indicators:
        if shown := _parts(letters, str(indicator["indicator_id"]), year):
            with place_of(str(indicator["indicator_id"])):
                show(shown, letters.say)
    documents = letters.listed(MUNICIPAL)
    if len(documents):
        paragraph(municipal_note(documents, year, letters.say), "tm-small")


@kept
def _parts(letters: Letters, indicator_id: str, year: str) -> Panel | None:
    """One indicator's stacked bars with their table; None where the year has nothing of it."""
    say, indicator = letters.say, letters.view.indicator(indicator_id)
    listed = letters.listed(MD_LETTER)
    figures = of_groups(letters.figures(indicator_id), listed)
    rows = in_year(figures, letters.listed(MUNICIPAL), year)
    if rows.empty:
        return None
    waiting = without_any(figures, not_counted(listed))
    waiting = waiting[waiting["period"] == year]
    rows = rows.assign(
        item=[item_words(row, year, say) for row in records(rows)],
        category=rows[f"category_label_{say.lang}"],
        written=[say.forms.percent(value) for value in rows["value"]],
    )
    title = parts_title(rows, say.of(indicator, "name"), year, say)
    columns = [
        Column("item", say("directives.column.group")),
        Column("category", say("directives.column.category")),
        Column("value", say("column.share"), "percent"),
        Column("base", say("directives.column.base"), "count"),
    ]
    stamp = letters.stamp(years_words(rows, year, say), say("directives.letters"))
    spoken = _spoken(title, rows.assign(period=rows["category"]), say)
    return panel(
        indicator_id,
        stacked_bars(rows, waiting, Heading(title, _subtitle(stamp, say), spoken, WIDE), say),
        Behind(
            rows,
            columns,
            stamp,
            [indicator_id, year],
            about=about(letters.view, {indicator_id: rows}),
        ),
        _incomplete_note(pd.concat([rows["status"], waiting["coding_status"]]), say),
    )


@kept
def _who_coded(letters: Letters, year: str) -> Listing:
    """The year's letters, whether each is coded in full, and by whom."""
    say = letters.say
    rows = letters.listed(MD_LETTER)
    rows = with_change(rows[rows["period"] == year], letters.figures(CHANGE))
    columns = [
        Column("item", say("directives.column.letter")),
        Column("n_directives", say("directives.column.in_letter"), "count"),
        Column("n_coded", say("directives.column.coded"), "count"),
        Column("n_governing", say("directives.column.governing"), "count"),
        Column("change", say("directives.column.change"), "count"),
        Column("coders", say("directives.column.coders")),
        Column("designated_coder", say("directives.column.designated")),
        Column("word", say("directives.column.status")),
    ]
    is_counted = rows["is_complete"].astype(bool)
    numbers = ["n_coded", "n_governing"]
    rows = rows.assign(**{name: rows[name].where(is_counted) for name in numbers})
    title = say("directives.letters_title", year=year)
    stamp = letters.stamp(year, say("directives.letters"))
    subject = Subject(
        say("directives.letters_definition"),
        say("directives.letters"),
        "counted",
        "directives",
        ["mart_letter"],
        letters.goal_id,
    )
    passport = about_subject(letters.view, title, subject, rows)
    return listing("letters", title, Behind(rows, columns, stamp, ["letters"], about=passport), say)


# Choosing rows


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the newest years, so many as a reader can tell apart by shade."""
    return rows[rows["period"].isin(sorted(rows["period"].unique())[-YEARS_SHOWN:])]


def is_partly_summed(single: pd.DataFrame, whole: pd.DataFrame) -> bool:
    """Whether there are letters of which the whole, of the letters to the lines, is not the sum."""
    return bool(single["value"].sum() > whole["value"].sum())


def with_change(rows: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Each letter with how many more or fewer govern than the year before, where that is known."""
    change = changes[changes["item_id"] != WHOLE][["item_id", "period", "value"]]
    return rows.merge(
        change.rename(columns={"value": "change"}), on=["item_id", "period"], how="left"
    )


def not_counted(listed: pd.DataFrame) -> pd.DataFrame:
    """The letters that no figure counts, each with the word for why."""
    return listed[listed["coding_status"] != COMPLETE]


def without_any(rows: pd.DataFrame, waiting: pd.DataFrame) -> pd.DataFrame:
    """Of the letters not counted, those whose group has no figure that year, as that group's."""
    groups = rows.drop_duplicates("item_id")[["item", "item_id", "item_order"]]
    named = waiting.drop(columns=["item", "item_id", "item_order"]).rename(
        columns={"group_id": "item_id"}
    )
    named = named.merge(groups, on="item_id").drop_duplicates(["item", "period"])
    there = set(zip(rows["item_id"], rows["period"], strict=True))
    pairs = zip(named["item_id"], named["period"], strict=True)
    return named[[pair not in there for pair in pairs]]


def in_year(rows: pd.DataFrame, documents: pd.DataFrame, year: str) -> pd.DataFrame:
    """The letters' rows of a year, and the municipal documents' of the nearest year before it."""
    is_document = rows["item_id"].isin(documents["item_id"])
    years = sorted(rows.loc[is_document, "period"].unique())
    nearest = max((y for y in years if y <= year), default=years[0] if years else year)
    return rows[rows["period"].eq(nearest).where(is_document, rows["period"].eq(year))]


def of_groups(rows: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """The rows of letters between levels; a single letter's are left out."""
    return rows[~rows["item_id"].isin(listed["item_id"])]


# Words


def item_words(row: Mapping[object, object], year: str, say: Say) -> str:
    """What an item is called, with its year where that is another, and the word for incomplete."""
    words = {"item": row["item"], "year": row["period"]}
    if row["status"] == INCOMPLETE:
        return say(
            "directives.item_incomplete"
            if row["period"] == year
            else "directives.item_of_year_incomplete",
            **words,
        )
    return str(row["item"]) if row["period"] == year else say("directives.item_of_year", **words)


def parts_title(rows: pd.DataFrame, name: str, year: str, say: Say) -> str:
    """Which category is the largest in how many of the items of the year; the municipal documents
    may be of another. Where there are none, of the year that there is."""
    if not rows["period"].eq(year).any():
        year = rows["period"].max()
    rows = rows[rows["period"] == year]
    largest = rows.loc[rows.groupby("item", sort=False)["value"].idxmax(), "category"]
    count = largest.value_counts()
    return say(
        "directives.parts_title",
        name=name,
        year=year,
        category=count.index[0],
        count=count.iloc[0],
        all=len(largest),
    )


def years_words(rows: pd.DataFrame, year: str, say: Say) -> str:
    """The year of the letters, and that of the municipal documents where it is another."""
    others = sorted(set(rows["period"]) - {year})
    return say("directives.years_of", year=year, other=others[0]) if others else year


def municipal_note(documents: pd.DataFrame, year: str, say: Say) -> str:
    """How many of the municipalities asked delivered, in the year that is shown."""
    years = sorted(documents["period"].unique())
    nearest = max((y for y in years if y <= year), default=years[0])
    asked = documents[documents["period"] == nearest]
    delivered = (asked["coding_status"] != LACKING).sum()
    return say("directives.municipal_note", year=nearest, delivered=delivered, asked=len(asked))


def _of_year(row: Row, say: Say) -> str:
    """614 i 2022, with the word for incomplete where it is."""
    words = {"figure": say.forms.number(row["value"]), "year": row["period"]}
    if row["status"] == INCOMPLETE:
        return say("directives.of_year_incomplete", **words)
    return say("directives.of_year", **words)


def _span(rows: pd.DataFrame, say: Say) -> str:
    """The years from the first to the last."""
    first, last = rows["period"].min(), rows["period"].max()
    return first if first == last else say("directives.years", first=first, last=last)


def _subtitle(stamp: Stamp, say: Say) -> str:
    """Which letters of which years, and the demonstration mark."""
    mark = [say("chart.demonstration")] if stamp.is_demonstration else []
    return SEPARATOR.join([*stamp.filters.values(), *mark])


def _spoken(title: str, rows: pd.DataFrame, say: Say) -> str:
    """The chart in words: each item with its figures."""
    items = "; ".join(
        say(
            "directives.items",
            item=item,
            figures=", ".join(
                say("directives.one", item=row["period"], figure=row["written"])
                for row in records(of_item)
            ),
        )
        for item, of_item in rows.groupby("item", sort=False)
    )
    return say("directives.alt", title=title, items=items)


def _incomplete_note(statuses: pd.Series, say: Say) -> list[str]:
    """What incomplete means, where anything is."""
    return [say("directives.waiting_note")] if statuses.ne("shown").any() else []
