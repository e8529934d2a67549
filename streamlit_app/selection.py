"""Choosing rows: from the released marts to the small table that a figure or chart needs.

Belongs here: pure functions from tables to tables.
Does not belong here: reading (evidence.py), drawing (charts/), words (texts/).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from streamlit_app.formats import Row, is_missing, records
from streamlit_app.organisation import RESULT_AREA, ROOT, below, in_order
from streamlit_app.palette import MOST_COLOURS

NO_EVIDENCE = "no_evidence"
WITHHELD = "withheld"
PUBLISHED = "published"  # a share of a wave whose answers are gone
INCOMPLETE = "incomplete"
NOT_ASKED = "not_asked"  # beside a figure: those chosen were not asked
NO_FIGURE = "no_figure"  # beside a figure: they were asked, and there is none
ABSENT = (NOT_ASKED, NO_FIGURE)
INSTEAD = (WITHHELD, *ABSENT)  # a status whose word stands where a figure would
ALL_ROLES = "all"
WHOLE = "all"  # the item or category that is everything
ANSWERS = "answers"  # computed from answers, rather than published
CARRIED = "carried"  # made of the units that became the one chosen
NOT_THE_SAME = ("new_node", "organisation")  # why a node has no earlier figure of its own


Compared = Mapping[tuple[str, str, str], Sequence[Row]]


@dataclass(frozen=True)
class Choice:
    """What the filters say: a wave, a part of the organisation, a role."""

    period: str
    node_id: str
    role_id: str


# The figures of a goal


def indicators_of(indicators: pd.DataFrame, goal_id: int, **where: object) -> pd.DataFrame:
    """The indicators of a goal in their order, where each column named equals its value."""
    rows = indicators[indicators["goal_id"] == goal_id]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows.sort_values("sort_order")


def with_evidence(indicators: pd.DataFrame, scorecard: pd.DataFrame) -> pd.DataFrame:
    """The indicators that have evidence; a battery has no row of its own in the scorecard."""
    without = scorecard.loc[scorecard["status"] == NO_EVIDENCE, "indicator_id"]
    return indicators[~indicators["indicator_id"].isin(without)]


def headline(scorecard: pd.DataFrame, indicator: Row) -> pd.Series | None:
    """The indicator's newest figure for the whole of NAV; None without evidence."""
    rows = _headline_rows(scorecard, indicator)
    newest = rows[rows["period"] == rows["period"].max()]
    return newest.iloc[0] if len(newest) else None


def has_earlier(scorecard: pd.DataFrame, indicator: Row, figure: Row) -> bool:
    """Whether there is a headline figure of a period before this one's."""
    return bool((_headline_rows(scorecard, indicator)["period"] < figure["period"]).any())


def _headline_rows(scorecard: pd.DataFrame, indicator: Row) -> pd.DataFrame:
    """An indicator's figures for the whole of NAV and its own role, of all periods."""
    of_role = scorecard["role_id"].eq(indicator["role_id"])
    if is_missing(indicator["role_id"]):
        of_role = scorecard["role_id"].isna()
    rows: pd.DataFrame = scorecard[
        (scorecard["indicator_id"] == indicator["indicator_id"])
        & (scorecard["node_id"] == ROOT)
        & of_role
        & (scorecard["status"] != NO_EVIDENCE)
    ]
    return rows


def in_own_role(indicator: Row, choice: Choice) -> Choice:
    """The choice, with the first of its own two roles where the indicator is a gap."""
    return (
        replace(choice, role_id=indicator["role_id"]) if indicator["measure"] == "gap" else choice
    )


def depends_on_role(indicators: pd.DataFrame) -> bool:
    """Whether any figure depends on which role is chosen; a gap is between its own two."""
    return bool((indicators["measure"] != "gap").any())


# Only what exists is offered


def periods(places: pd.DataFrame) -> list[str]:
    """The waves that there are rows for, the newest first."""
    return sorted(places["period"].unique(), reverse=True)


def nodes_offered(places: pd.DataFrame, nodes: pd.DataFrame, period: str) -> pd.DataFrame:
    """The parts of the organisation with answers in `period`, in the organisation's order."""
    there = set(places.loc[places["period"] == period, "node_id"])
    ordered = in_order(nodes, period)
    return ordered[ordered["node_id"].isin(there)]


def roles_offered(
    places: pd.DataFrame, roles: pd.DataFrame, period: str, node_id: str
) -> list[str]:
    """The roles with answers in `period` at `node_id`, in their order."""
    there = places[(places["period"] == period) & (places["node_id"] == node_id)]
    ordered = roles.sort_values("sort_order")["role_id"]
    return [role for role in ordered if role in set(there["role_id"])]


# The tables that charts are drawn from


def answers(rows: pd.DataFrame, indicator_id: str, role_id: str) -> pd.DataFrame:
    """A battery's shares by answer, items with the greatest balance first, withheld ones last.

    rows: a goal's rows in one wave and place. One row per item and answer, or class of answers
    where single answers are not told, or are more than colours can tell apart; `balance` and its
    interval stand on each of an item's rows.
    """
    rows = _of(rows, indicator_id, role_id)
    balance = (
        rows[rows["measure"] == "balance"]
        .set_index("item_id")[["value", "lower", "upper"]]
        .rename(columns={"value": "balance", "lower": "balance_lower", "upper": "balance_upper"})
    )
    shares = rows[rows["measure"] == "share"]
    is_single = shares["category_kind"] == "answer"
    single = shares[is_single]
    is_told_apart = 0 < single["category_id"].nunique() <= MOST_COLOURS
    told = single if is_told_apart else shares[~is_single]
    return told.join(balance, on="item_id").sort_values(
        ["balance", "item_order", "category_order"],
        ascending=[False, True, True],
        na_position="last",
        ignore_index=True,
    )


def strengths(rows: pd.DataFrame, indicator_id: str, role_id: str) -> pd.DataFrame:
    """A battery's items by strength of influence either way, the strongest first, with rank and the
    places that it may have (`rank_lower`, `rank_upper`; empty where they were not computed)."""
    rows = _of(rows, indicator_id, role_id)
    rank = rows[rows["measure"] == "rank_strength"].set_index("item_id")[
        ["value", "lower", "upper"]
    ]
    rank = rank.set_axis(["rank", "rank_lower", "rank_upper"], axis=1)
    strength = rows[rows["measure"] == "strength"]
    return strength.join(rank, on="item_id").sort_values(
        ["value", "item_order"], ascending=[False, True], na_position="last", ignore_index=True
    )


def _of(rows: pd.DataFrame, indicator_id: str, role_id: str) -> pd.DataFrame:
    """The rows of one indicator and role."""
    return rows[(rows["indicator_id"] == indicator_id) & (rows["role_id"] == role_id)]


def gaps(
    scorecard: pd.DataFrame, rows: pd.DataFrame, indicators: pd.DataFrame, choice: Choice
) -> pd.DataFrame:
    """The gaps between two roles in the wave and place chosen, with the two shares.

    rows: the goal's rows there; indicators: those of measure `gap`, in the order in which they
    are to stand. One row per indicator: the gap, its interval and both n, and `share` and
    `share_compared` with theirs.
    """
    gap = scorecard[
        (scorecard["period"] == choice.period) & (scorecard["node_id"] == choice.node_id)
    ]
    names = indicators[["indicator_id", "name_nb", "name_en", "answer_class"]]
    found = names.merge(gap, on="indicator_id")
    shares = rows[(rows["measure"] == "share") & (rows["category_kind"] == "class")]
    shares = shares.rename(columns={"value": "share", "category_id": "answer_class"})
    shares = shares[["indicator_id", "role_id", "answer_class", "share", "lower", "upper"]]
    shares = shares.rename(columns={"lower": "share_lower", "upper": "share_upper"})
    found = found.merge(shares, on=["indicator_id", "role_id", "answer_class"], how="left")
    others = shares.rename(columns=lambda name: f"{name}_compared" if "share" in name else name)
    others = others.rename(columns={"role_id": "compared_role_id"})
    return found.merge(others, on=["indicator_id", "compared_role_id", "answer_class"], how="left")


def both_sides(
    indicators: pd.DataFrame,
    one: pd.DataFrame,
    other: pd.DataFrame,
    choice: Choice,
    other_choice: Choice,
) -> pd.DataFrame:
    """Each indicator's figure on one side, and the other's beside it with `_compared`.

    one, other: the scorecards of the two sides. An indicator stands where either side has it; a
    gap is the same for every role, since it is between its own two.
    """
    sides = [
        card[
            (card["period"] == c.period)
            & (card["node_id"] == c.node_id)
            & ((card["role_id"] == c.role_id) | (card["measure"] == "gap"))
        ]
        for card, c in ((one, choice), (other, other_choice))
    ]
    figure = ["indicator_id", "period", "node_id", "role_id", "value", "lower", "upper", "n",
              "status", "source_file"]  # fmt: skip
    theirs = sides[1][figure].rename(columns={name: f"{name}_compared" for name in figure[1:]})
    both = indicators.drop(columns="role_id").merge(sides[0][figure], on="indicator_id", how="left")
    both = both.merge(theirs, on="indicator_id", how="left")
    return both[both["status"].notna() | both["status_compared"].notna()]


def why_absent(questions: pd.DataFrame, items: Sequence[str], choice: Choice) -> str:
    """Whether those chosen have no figure since they were not asked, or for another reason;
    questions: dim_question."""
    is_own = questions["period"].eq(choice.period) & questions["question_id"].isin(items)
    asked = respondents(questions[is_own])
    is_left_out = choice.role_id in respondents(questions) - asked
    return NOT_ASKED if not asked or is_left_out else NO_FIGURE


def respondents(questions: pd.DataFrame) -> set[str]:
    """The respondents' roles that any of these rows of dim_question was put to."""
    return {role for asked in questions["asked_of"].dropna() for role in asked.split(",")}


def breaks_between(
    questions: pd.DataFrame, items: Sequence[str], one: str, other: str
) -> pd.DataFrame:
    """The rows of dim_question that tell what broke from the earlier of two waves to the later."""
    earlier, later = sorted((one, other))
    between = questions["period"].gt(earlier) & questions["period"].le(later)
    broke = questions["comparability_break"].notna() & questions["comparability_break"].ne("none")
    return questions[questions["question_id"].isin(items) & between & broke].sort_values("period")


def fits(rows: pd.DataFrame, texts: Sequence[str], words: str) -> pd.Series:
    """In which rows each of the words stands in one of the texts, in either language."""
    columns = [f"{text}_{lang}" for text in texts for lang in ("nb", "en")]
    text = rows[columns].fillna("").agg("\n".join, axis=1).str.casefold()
    found = pd.Series(True, rows.index)
    for word in words.casefold().split():
        found &= text.str.contains(word, regex=False)
    return found


def parts_at(ordered: pd.DataFrame, root: str, level: str) -> pd.DataFrame:
    """The parts of the organisation beneath `root` at one level, in their order, with `name`, and
    `within`, what each belongs to; ordered: as in_order gives them."""
    within = ordered.set_index("node_id")["name"].rename("within")
    is_asked = ordered["level"].eq(level) & ordered["node_id"].isin(below(ordered, root))
    return ordered[is_asked].join(within, on="parent_node_id")[["node_id", "name", "within"]]


def side_by_side(
    scorecard: pd.DataFrame, parts: pd.DataFrame, indicator_id: str, choice: Choice
) -> pd.DataFrame:
    """An indicator in each of these parts of the organisation; parts: as parts_at gives them."""
    rows = scorecard[
        (scorecard["indicator_id"] == indicator_id)
        & (scorecard["period"] == choice.period)
        & (scorecard["role_id"] == choice.role_id)
    ]
    return parts.merge(rows, on="node_id", how="inner")


def over_years(rows: pd.DataFrame, measurements: pd.DataFrame) -> pd.DataFrame:
    """A figure of the user survey in each year, the oldest first, with how it was measured.

    rows: of one indicator, item and place; measurements: dim_user_measurement. A published share is
    compared with nothing: how many it is of is not known.
    compared_with, break_kind, break_note_nb, break_note_en: as over_waves has them.
    """
    columns = ["period", "form", "comparator", "period_before", "comparability_break",
               "break_note_nb", "break_note_en", "source_title", "section"]  # fmt: skip
    indicator = rows["indicator_id"].iloc[0] if len(rows) else None
    of_indicator = measurements.loc[measurements["indicator_id"] == indicator, columns]
    years = rows.sort_values("period").merge(of_indicator, on="period")
    computed = set(years.loc[years["form"] == ANSWERS, "period"])
    may_be = (
        years["period"].isin(computed)
        & years["period_before"].isin(computed)
        & (years["comparability_break"] == "none")
    )
    broken = years["comparability_break"].where(years["comparability_break"] != "none")
    return years.assign(
        carried_to=None,
        compared_with=years["period_before"].astype(object).where(may_be, None),
        break_kind=broken.astype(object).where(broken.notna(), None),
    )


def over_registers(rows: pd.DataFrame) -> pd.DataFrame:
    """A figure counted in registers, the oldest period first; one that lacks evidence is joined to
    no other. rows: of one indicator for the whole of NAV. The columns are those of over_waves."""
    rows = rows.sort_values("period")
    is_whole = rows["status"] == "shown"
    before = rows["period"].shift().where(is_whole & is_whole.shift(fill_value=False), None)
    return rows.assign(form=ANSWERS, carried_to=None, compared_with=before, break_kind=None)


def by_what(comparisons: pd.DataFrame) -> Mapping[str, Compared]:
    """The rows of mart_comparison of one place by indicator; of each by kind, period and role."""
    found: dict[str, dict[tuple[str, str, str], list[Row]]] = {}
    for row in records(comparisons):
        of_one = found.setdefault(row["indicator_id"], {})
        of_one.setdefault((row["kind"], row["period"], row["role_id"]), []).append(row)
    return found


def comparison(
    compared: Compared | None, kind: str, figure: Row, item: str | None = None
) -> Row | None:
    """What a figure is set beside; None without any.

    compared: of the figure's indicator and place; None for a release without them.
    figure: a row with period and role_id; item: of an indicator with several questions.
    """
    found = (compared or {}).get((kind, figure["period"], figure["role_id"]), ())
    found = [row for row in found if item is None or row["item_id"] == item]
    return found[0] if len(found) == 1 else None


def response(responses: pd.DataFrame | None, choice: Choice) -> pd.Series | None:
    """The response in the wave, place and role chosen; None where it is not told."""
    if responses is None:
        return None
    found = responses[
        (responses["period"] == choice.period)
        & (responses["node_id"] == choice.node_id)
        & (responses["role_id"] == choice.role_id)
    ]
    return found.iloc[0] if len(found) else None


def in_result_areas(rows: pd.DataFrame, nodes: pd.DataFrame, period: str) -> pd.DataFrame:
    """The rows of result areas in a period, in the organisation's order, with `name`."""
    ordered = in_order(nodes, period)
    areas = ordered.loc[ordered["level"] == RESULT_AREA, ["node_id", "name"]]
    return areas.merge(rows[rows["period"] == period], on="node_id", how="inner")


def over_waves(
    scorecard: pd.DataFrame,
    questions: pd.DataFrame,
    indicator_id: str,
    items: Sequence[str],
    choice: Choice,
    comparisons: Compared | None = None,
) -> pd.DataFrame:
    """An indicator in each wave, the oldest first, and whether it may be compared backwards.

    questions: dim_question; items: those that the indicator is made of; comparisons: as in
    comparison(). Where the part of the organisation was another in an earlier wave, a row beside
    that wave's own has the figure of the units that became it.
    form: answers, published or carried. carried_to: the wave whose organisation it is carried from.
    compared_with: the earlier wave that a line may be drawn from, or None.
    break_kind, break_note_nb, break_note_en: what broke, empty where nothing did.
    """
    rows = scorecard[
        (scorecard["indicator_id"] == indicator_id)
        & (scorecard["node_id"] == choice.node_id)
        & (scorecard["role_id"] == choice.role_id)
    ].sort_values("period")
    asked = records(questions[questions["question_id"].isin(items)])
    told = pd.DataFrame(
        [_comparability(asked, wave) for wave in rows["period"]],
        index=rows.index,
        columns=["compared_with", "break_kind", "break_note_nb", "break_note_en"],
        dtype=object,
    )
    forms = [PUBLISHED if status == PUBLISHED else ANSWERS for status in rows["status"]]
    rows = pd.concat([rows, told], axis=1).assign(form=forms, carried_to=None)
    return _with_carried(rows, comparisons)


def _with_carried(rows: pd.DataFrame, comparisons: Compared | None) -> pd.DataFrame:
    """The waves with what was carried back beside them, and no line to what was another unit."""
    carried = []
    for index, row in rows.iterrows():
        found = comparison(comparisons, "waves", row)
        if found is None:
            continue
        is_carried = not is_missing(found["is_carried"]) and bool(found["is_carried"])
        if is_carried or found["why_not_tested"] in NOT_THE_SAME:
            rows.loc[index, "compared_with"] = None
        if is_carried and (found["status"] == WITHHELD or not is_missing(found["compared_value"])):
            figure = {
                "value": found["compared_value"],
                "lower": found.get("compared_lower"),
                "upper": found.get("compared_upper"),
                "n": found["n_compared"],
            }
            lineage = {"period": found["compared_period"], "carried_to": row["period"]}
            same = row[["indicator_id", "node_id", "role_id", "compared_role_id", "unit"]].to_dict()
            carried.append(same | figure | lineage | {"status": found["status"], "form": CARRIED})
    if not carried:
        return rows
    beside = pd.DataFrame(carried).reindex(columns=rows.columns)
    both = pd.concat([rows.astype(object), beside.astype(object)]).sort_values(
        "period", kind="stable", ignore_index=True
    )
    numbers = ["value", "lower", "upper", "n"]  # each may be missing in a way of its own
    both[numbers] = both[numbers].astype("Float64").astype(float)
    return both


def of_the_fewer(wave: Row) -> bool:
    """Whether a row of over_waves has the n of the fewer of two roles: a gap carried back."""
    return wave["form"] == CARRIED and not is_missing(wave["compared_role_id"])


def _comparability(asked: Sequence[Row], wave: str) -> tuple[str | None, ...]:
    """What a wave may be compared with, or what broke, from the codebooks' word on it."""
    rows = [
        row for row in asked if row["period"] == wave and not is_missing(row["comparable_wave"])
    ]
    broken = [row for row in rows if row["comparability_break"] != "none"]
    if broken:
        what = broken[0]
        return None, what["comparability_break"], what["break_note_nb"], what["break_note_en"]
    return (rows[0]["comparable_wave"] if rows else None), None, None, None
