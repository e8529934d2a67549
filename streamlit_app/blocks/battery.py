"""A battery of questions: diverging bars, and beside them strength of influence either way.

Belongs here: a battery's titles, text alternatives and tables.
Does not belong here: drawing (charts/likert.py).
"""

from functools import partial

import pandas as pd
import streamlit as st

from streamlit_app.blocks.change import change_words
from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.goal_data import GoalData, shown, withheld_note
from streamlit_app.catalogue import Say
from streamlit_app.charts.likert import diverging_bars, rank_places, strength_points
from streamlit_app.charts.theme import Heading
from streamlit_app.formats import SEPARATOR, Row, records
from streamlit_app.kept import kept
from streamlit_app.organisation import ROOT
from streamlit_app.selection import answers, strengths
from streamlit_app.tables import Column, figure_columns

RANKED_FROM = 6  # items; fewer need no second order beside the first
WIDE, HALF, NARROW = 125, 66, 42
LEGEND_IN_HALF = 3
TITLES = {  # by whether positive answers outweigh on any item, and negative ones
    (True, True): "title",
    (True, False): "title_positive",
    (False, True): "title_negative",
    (False, False): "title_neither",
}
ILLUSTRATIVE = "\u00a0*"


def battery(indicator: Row, data: GoalData) -> None:
    """The battery in the wave, place and role chosen."""
    st.subheader(data.say.of(indicator, "name"), anchor=False)
    panels = _panels(data, str(indicator["indicator_id"]))
    if len(panels) == 1:
        show(panels[0], data.say)
        return
    with st.container(key=f"pair-{indicator['indicator_id']}"):
        columns = st.columns([3, 2], gap="medium")
    for column, panel_ in zip(columns, panels, strict=True):
        with column:
            show(panel_, data.say)


@kept
def _panels(data: GoalData, indicator_id: str) -> list[Panel | str]:
    """The answers, and where there are many items, their strength beside them."""
    indicator, role_id = data.view.indicator(indicator_id), data.choice.role_id
    rows = answers(data.rows, indicator_id, role_id)
    if rows.empty:
        return [data.say("chart.not_asked")]
    if rows["item_id"].nunique() < RANKED_FROM:
        return [_answers(indicator, _marked(rows, data), data, WIDE)]
    strength = strengths(data.rows, indicator_id, role_id)
    return [
        _answers(indicator, _marked(rows, data), data, HALF),
        _strength(indicator, _marked(strength, data), data),
    ]


def _answers(indicator: Row, rows: pd.DataFrame, data: GoalData, width: int) -> Panel:
    """The diverging bars with their table."""
    say, label = data.say, f"item_label_{data.say.lang}"
    stamp = data.stamp(role=data.asked_name(str(indicator["indicator_id"])))
    title, name = balance_title(rows, say), say.of(indicator, "name")
    spoken = "; ".join(
        say("likert.alt_item", item=row[label], balance=say.forms.points(row["balance"]))
        for row in records(shown(rows).drop_duplicates("item_id"))
    )
    spoken = say("likert.alt", name=name, title=title, items=spoken)
    heading = Heading(title, f"{name}{SEPARATOR}{data.subtitle(stamp, rows)}", spoken, width)
    columns = [
        Column(label, say("column.item")),
        Column(f"category_label_{say.lang}", say("column.answer")),
        *figure_columns(say),
        Column("balance", say("column.balance"), "points"),
        Column("balance_lower", say("column.lower_of", what=say("column.balance")), "points"),
        Column("balance_upper", say("column.upper_of", what=say("column.balance")), "points"),
        Column("change", say("column.balance_change")),
    ]
    legend_columns = 5 if width == WIDE else LEGEND_IN_HALF
    return panel(
        f"likert-{indicator['indicator_id']}",
        diverging_bars(rows, heading, say, legend_columns),
        Behind(
            rows,
            columns,
            stamp,
            _file_parts(indicator, data),
            partial(_with_changes, indicator, data),
            data.about(indicator),
        ),
        [
            say("likert.note"),
            *_classes_note(rows, data),
            *_illustrative_note(rows, say),
            *withheld_note(rows, say),
        ],
        subject=name,
    )


def _with_changes(indicator: Row, data: GoalData, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with what may be said of each item's change."""
    listed = records(rows)
    words = [change_words(indicator, row, data.view, row["item_id"]) for row in listed]
    return rows.assign(change=words)


def _strength(indicator: Row, rows: pd.DataFrame, data: GoalData) -> Panel:
    """Strength of influence either way with its table."""
    say, label = data.say, f"item_label_{data.say.lang}"
    stamp = data.stamp(role=data.asked_name(str(indicator["indicator_id"])))
    there, title, name = shown(rows), strength_title(rows, say), say.of(indicator, "name")
    spoken = "; ".join(
        say("strength.alt_item", item=row[label], share=say.forms.percent(row["value"]))
        for row in records(there)
    )
    spoken = say("strength.alt", name=name, title=title, items=spoken)
    heading = Heading(title, f"{name}{SEPARATOR}{data.subtitle(stamp, rows)}", spoken, NARROW)
    columns = [
        Column("rank", say("column.rank"), "count"),
        Column("rank_lower", say("column.rank_lower"), "count"),
        Column("rank_upper", say("column.rank_upper"), "count"),
        Column(label, say("column.item")),
        *figure_columns(say),
    ]
    return panel(
        f"strength-{indicator['indicator_id']}",
        strength_points(rows, heading, say),
        Behind(
            rows,
            columns,
            stamp,
            [*_file_parts(indicator, data), say("csv.strength")],
            about=data.about(indicator),
        ),
        [
            say("strength.note"),
            *_places_note(rows, say),
            *_illustrative_note(rows, say),
            *withheld_note(rows, say),
        ],
        subject=name,
    )


def balance_title(rows: pd.DataFrame, say: Say) -> str:
    """On how many of the items positive answers outweigh negative ones, and the other way, where
    the interval of the balance leaves no doubt of it.

    rows: as selection.answers gives them.
    """
    items = shown(rows).drop_duplicates("item_id")
    if items.empty:
        return say("chart.all_withheld")
    positive = int((items["balance_lower"] > 0).sum())
    negative = int((items["balance_upper"] < 0).sum())
    title = TITLES[positive > 0, negative > 0]
    return say(f"likert.{title}", positive=positive, negative=negative, count=len(items))


def strength_title(rows: pd.DataFrame, say: Say) -> str:
    """Which item has the strongest influence; where others may have its place, how many may.

    rows: as selection.strengths gives them, the strongest first.
    """
    items = shown(rows)
    if items.empty:
        return say("chart.all_withheld")
    first = str(items[f"item_label_{say.lang}"].iloc[0]).removesuffix(ILLUSTRATIVE)
    may_be_first = int((items["rank_lower"] == 1).sum())
    if may_be_first == 1:
        return say("strength.title", first=first)
    unsure = "strength.title_one_of" if may_be_first else "strength.title_untested"
    return say(unsure, first=first, count=may_be_first)


def _marked(rows: pd.DataFrame, data: GoalData) -> pd.DataFrame:
    """Item labels with an asterisk where the item's name is not public."""
    questions = data.view.table("dim_question")
    invented = set(questions.loc[questions["is_illustrative"].astype(bool), "question_id"])
    label = f"item_label_{data.say.lang}"
    pairs = zip(rows[label], rows["item_id"], strict=True)
    marked = [f"{name}{ILLUSTRATIVE}" if item in invented else name for name, item in pairs]
    return rows.assign(**{label: marked})


def _places_note(rows: pd.DataFrame, say: Say) -> list[str]:
    """What stands in brackets, where anything does."""
    is_told = any(rank_places(row, say) for row in records(rows))
    return [say("strength.places_note")] if is_told else []


def _illustrative_note(rows: pd.DataFrame, say: Say) -> list[str]:
    """What the asterisk means, where there is one."""
    is_marked = rows[f"item_label_{say.lang}"].str.endswith(ILLUSTRATIVE).any()
    return [say("chart.illustrative")] if is_marked else []


def _classes_note(rows: pd.DataFrame, data: GoalData) -> list[str]:
    """Why a part of NAV has classes of answers where all of NAV has single ones."""
    is_classes = rows["category_kind"].eq("class").all()
    return [data.say("likert.classes_note")] if is_classes and data.choice.node_id != ROOT else []


def _file_parts(indicator: Row, data: GoalData) -> list[str]:
    """The parts of a file name: indicator, wave, part of the organisation, role."""
    choice = data.choice
    return [str(indicator["indicator_id"]), choice.period, choice.node_id, choice.role_id]
