"""The user survey: trust from NAV by situation over the years, by group, service and county.

Belongs here: the block's titles, text alternatives and tables; trust in NAV apart, as context.
Does not belong here: drawing (charts/user_survey.py, charts/shares.py).
"""

import pandas as pd
import streamlit as st

from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.goal_data import shown, withheld_note
from streamlit_app.blocks.outside import stamp_of, subtitle, year_chosen
from streamlit_app.blocks.passport import about
from streamlit_app.blocks.place import place_of
from streamlit_app.catalogue import Say
from streamlit_app.charts.shares import bars_by_area
from streamlit_app.charts.theme import Heading
from streamlit_app.charts.user_survey import figure_words, is_score
from streamlit_app.charts.user_survey import over_years as years_chart
from streamlit_app.evidence import View
from streamlit_app.formats import Row, is_missing, records
from streamlit_app.kept import kept
from streamlit_app.organisation import ROOT
from streamlit_app.selection import PUBLISHED, WHOLE, in_result_areas, over_years
from streamlit_app.tables import Column, figure_columns

HALF = 60
IN_A_ROW = 2
CONTEXT = "context"
BREAKDOWNS = ("user_group", "service", "county")


def render(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """The goal's indicators of the user survey; those that are context stand apart, and last."""
    say = view.say
    own = indicators[indicators["kind"] != CONTEXT]
    context = indicators[indicators["kind"] == CONTEXT]
    if len(own):
        st.header(say("user_survey.heading"), anchor=False)
        paragraph(say("user_survey.lead"), "tm-small")
        _over_years(own, view, goal_id)
        _broken_down(own[own["measure"] == "share"], view, goal_id)
    if len(context):
        st.header(say("user_survey.context"), anchor=False)
        paragraph(say("user_survey.context_text"), "tm-small")
        _over_years(context, view, goal_id)


def _over_years(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """Each indicator over the years, two side by side."""
    rows = [row for _, row in indicators.iterrows()]
    for start in range(0, len(rows), IN_A_ROW):
        columns = st.columns(IN_A_ROW, gap="medium")
        for column, indicator in zip(columns, rows[start : start + IN_A_ROW], strict=False):
            with column, place_of(str(indicator["indicator_id"])):
                show(_years(view, goal_id, str(indicator["indicator_id"])), view.say)


@kept
def _years(view: View, goal_id: int, indicator_id: str) -> Panel:
    """One indicator over the years, for the whole of NAV."""
    say, indicator = view.say, view.indicator(indicator_id)
    name = say.of(indicator, "name")
    figures = view.indicator_rows(goal_id, indicator_id)
    whole = figures[(figures["node_id"] == ROOT) & (figures["item_id"] == WHOLE)]
    rows = over_years(whole, view.table("dim_user_measurement"))
    title = years_title(name, rows, say)
    stamp = stamp_of(rows, {say("filter.unit"): say("filter.whole")}, view)
    notes = year_notes(rows, say)
    spoken = " ".join([f"{title}.", *notes])
    columns = [
        Column("period", say("column.year")),
        *figure_columns(say, "score" if is_score(rows) else "percent"),
        Column("form_words", say("column.form")),
        Column(f"break_note_{say.lang}", say("column.break")),
        Column("mark", say("passport.data")),
    ]
    heading = Heading(title, subtitle(stamp, rows, view), spoken, HALF, lines=2)
    return panel(
        f"years-{indicator_id}",
        years_chart(rows, heading, say),
        Behind(
            _told(rows, say),
            columns,
            stamp,
            [indicator_id, say("csv.waves")],
            about=about(view, {indicator_id: _with_source(rows)}),
        ),
        [*notes, *withheld_note(rows, say)],
    )


def years_title(name: str, rows: pd.DataFrame, say: Say) -> str:
    """The indicator with its figure in each year, as the source puts it, and what broke before."""
    listed = ", ".join(_of_year(row, say) for row in records(shown(rows)))
    if not listed:
        return say("single.all_withheld", name=name)
    return say("waves.title", name=name, waves=listed)


def _of_year(row: Row, say: Say) -> str:
    of_year = {"wave": row["period"], "figure": figure_words(row, say)}
    if is_missing(row["break_kind"]):
        return say("waves.one", **of_year)
    return say("waves.one_broken", **of_year, kind=say(f"break.{row['break_kind']}"))


def year_notes(rows: pd.DataFrame, say: Say) -> list[str]:
    """What broke between years, and what published shares are, with their source."""
    broken = list(dict.fromkeys(rows[f"break_note_{say.lang}"].dropna()))
    published = rows[rows["form"] == PUBLISHED]
    if published.empty:
        return broken
    years = ", ".join(published["period"])
    parts = published[["source_title", "section"]].drop_duplicates().fillna("")
    sources = "; ".join(" ".join(row).strip() for row in parts.itertuples(index=False, name=None))
    return [*broken, say("user_survey.published_note", years=years, sources=sources)]


def _with_source(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as a passport asks of them: what is published says so, and where."""
    is_published = rows["form"] == PUBLISHED
    where = rows["source_title"].fillna("") + " " + rows["section"].fillna("")
    return rows.assign(
        status=rows["status"].where(~is_published, PUBLISHED),
        source_ref=where.str.strip().where(is_published),
    )


def _told(rows: pd.DataFrame, say: Say) -> pd.DataFrame:
    """The rows with what each is read from, and its mark, in words."""
    marks = [say("csv.demonstration" if d else "csv.real") for d in rows["is_demonstration"]]
    forms = [
        say("user_survey.form_published", comparator=say(f"user_survey.{row['comparator']}"))
        if row["form"] == PUBLISHED
        else say("user_survey.form_answers")
        for row in records(rows)
    ]
    return rows.assign(form_words=forms, mark=marks)


def _broken_down(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """One year by user group, service and county; the situations side by side on one scale."""
    say = view.say
    years = {
        year
        for indicator_id in indicators["indicator_id"]
        for year in _years_broken_down(view, goal_id, str(indicator_id))
    }
    if not years:
        return
    st.subheader(say("user_survey.broken_down"), anchor=False)
    period = year_chosen("user-year", sorted(years), view)
    for breakdown in BREAKDOWNS:
        columns = st.columns(IN_A_ROW, gap="medium")
        for place, (_, indicator) in enumerate(indicators.iterrows()):
            with columns[place % IN_A_ROW]:
                if shown_ := _by(view, goal_id, str(indicator["indicator_id"]), breakdown, period):
                    show(shown_, say)


@kept
def _years_broken_down(view: View, goal_id: int, indicator_id: str) -> list[str]:
    """The years in which any part of a breakdown may be shown."""
    figures, nodes = shown(view.indicator_rows(goal_id, indicator_id)), view.table("dim_node")
    return [
        str(period)
        for period in figures["period"].unique()
        if any(len(parts_of(by, figures, nodes, period, view.say.lang)) for by in BREAKDOWNS)
    ]


def parts_of(
    breakdown: str, figures: pd.DataFrame, nodes: pd.DataFrame, period: str, lang: str
) -> pd.DataFrame:
    """The figures of one year by county, group or service, in their own order, with `name`."""
    figures = figures.assign(unit="share")
    if breakdown == "county":
        return in_result_areas(figures[figures["item_id"] == WHOLE], nodes, period)
    rows = figures[
        (figures["period"] == period) & figures["item_id"].str.startswith(f"{breakdown}:")
    ]
    return rows.assign(name=rows[f"item_label_{lang}"]).sort_values("item_order")


def by_title(name: str, by: str, rows: pd.DataFrame, say: Say) -> str:
    """The indicator with its lowest and its highest figure among the parts; none is named."""
    values = shown(rows)["value"]
    if values.empty:
        return say("single.all_withheld", name=name)
    low, high = say.forms.percent(values.min()), say.forms.percent(values.max())
    return say("user_survey.by_title", name=name, by=by, low=low, high=high)


@kept
def _by(view: View, goal_id: int, indicator_id: str, breakdown: str, period: str) -> Panel | None:
    """One indicator in one year by one breakdown; None where it has none."""
    say, indicator = view.say, view.indicator(indicator_id)
    name = say.of(indicator, "name")
    figures = view.indicator_rows(goal_id, indicator_id)
    rows = parts_of(breakdown, figures, view.table("dim_node"), period, say.lang)
    if rows.empty:
        return None
    whole = figures[
        (figures["node_id"] == ROOT) & (figures["item_id"] == WHOLE) & (figures["period"] == period)
    ]
    words = say(f"user_survey.by_{breakdown}")
    title = by_title(name, words, rows, say)
    filters = {say("filter.year"): period, say("column.broken_down"): words}
    stamp = stamp_of(rows, filters, view)
    spoken = "; ".join(
        say("areas.one", area=row["name"], figure=say.forms.percent(row["value"]))
        for row in records(shown(rows))
    )
    heading = Heading(
        title,
        subtitle(stamp, rows, view),
        say("areas.alt", title=title, areas=spoken),
        HALF,
        lines=2,
    )
    part = say(f"user_survey.one_{breakdown}")
    columns = [Column("name", part), *figure_columns(say)]
    parts = [indicator_id, breakdown, period]
    value = shown(whole)["value"]
    return panel(
        f"{breakdown}-{indicator_id}",
        bars_by_area(rows, float(value.iloc[0]) if len(value) else None, heading, say, part),
        Behind(rows, columns, stamp, parts, about=about(view, {indicator_id: rows})),
        [say("user_survey.order_note"), *withheld_note(rows, say)],
    )
