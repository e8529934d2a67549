"""The block of coded letters: its charts as dictionaries, its choice of rows, its words."""

from typing import Any

import pandas as pd
import pytest

from streamlit_app.blocks.directives import (
    in_year,
    is_partly_summed,
    item_words,
    municipal_note,
    newest,
    not_counted,
    of_groups,
    parts_title,
    with_change,
    without_any,
    years_words,
)
from streamlit_app.catalogue import Say
from streamlit_app.charts.directives import bars_over_years, shades, stacked_bars, stacked_parts
from streamlit_app.charts.theme import Heading
from tests.dashboard import small_letters
from tests.dashboard.conftest import Open, words
from tests.dashboard.test_charts import layers

SAY = Say("nb")
HEADING = Heading("Hva den viser", "2024–2025 · Demonstrasjonsdata", "Det samme med ord")


def bars(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """item, year, value."""
    found = pd.DataFrame(rows, columns=["item", "period", "value"])
    return found.assign(written=[f"{value:.0f}" for value in found["value"]])


def parts(**items: list[float]) -> pd.DataFrame:
    """Each item's shares of the first category, the second, …"""
    return pd.DataFrame(
        {"item": item, "item_order": place, "category": f"trinn {order}",
         "category_order": order, "value": value, "written": f"{value:.0%}"}
        for place, (item, values) in enumerate(items.items())
        for order, value in enumerate(values, start=1)
    )  # fmt: skip


def waiting(**items: str) -> pd.DataFrame:
    """Items without a bar in 2025, each with the word for why."""
    return pd.DataFrame(
        {"item": item, "item_order": 9, "period": "2025", "word": word}
        for item, word in items.items()
    )


def of_block(name: str) -> pd.DataFrame:
    rows = small_letters.figures()
    rows = rows[rows["indicator_id"] == name]
    return rows.assign(item=rows["item_label_nb"])


def listed(kind: str = "md_letter") -> pd.DataFrame:
    rows = small_letters.letters()
    return rows[rows["document_kind"] == kind].assign(item=lambda r: r["item_label_nb"], word="ord")


# Charts


def test_a_letter_that_waits_is_a_word_and_never_a_bar() -> None:
    rows = bars(("a", "2024", 70), ("a", "2025", 60), ("b", "2024", 40))
    chart = bars_over_years(rows, waiting(b="venter på koding"), HEADING, SAY).to_dict()
    drawn = [(row["item"], row["period"]) for row in layers(chart)[0][1]]
    assert drawn == [("a", "2024"), ("a", "2025"), ("b", "2024")]
    assert layers(chart)[-1] == (
        "text", [{"item": "b", "period": "2025", "word": "venter på koding", "nothing": 0.0}]
    )  # fmt: skip


def test_letters_stand_in_their_order_whatever_their_numbers() -> None:
    rows = bars(("b", "2024", 10), ("a", "2024", 90), ("c", "2024", 50))
    chart = bars_over_years(rows, waiting().reindex(columns=["item", "period"]), HEADING, SAY)
    assert chart.to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["b", "a", "c"]


def test_shares_are_drawn_on_the_whole_scale_and_counts_from_zero() -> None:
    none = pd.DataFrame(columns=["item", "period", "word"])
    share = bars_over_years(bars(("a", "2024", 0.4)), none, HEADING, SAY, is_share=True).to_dict()
    count = bars_over_years(bars(("a", "2024", 40)), none, HEADING, SAY).to_dict()
    assert share["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1]
    assert count["layer"][0]["encoding"]["x"]["scale"]["domain"][0] == 0


def test_parts_of_a_bar_follow_each_other_and_fill_it() -> None:
    rows = stacked_parts(parts(a=[0.2, 0.5, 0.3]), ["a"])
    assert list(rows["start"].round(2)) == [0.0, 0.2, 0.7]
    assert list(rows["end"].round(2)) == [0.2, 0.7, 1.0]


def test_a_group_that_waits_has_its_row_with_a_word_among_the_others() -> None:
    chart = stacked_bars(
        parts(a=[0.4, 0.6]), waiting(b="ikke levert"), HEADING, SAY
    ).to_dict()  # fmt: skip
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["a", "b"]
    assert {row["item"] for row in layers(chart)[0][1]} == {"a"}
    assert layers(chart)[-1][1][0]["word"] == "ikke levert"


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6])
def test_no_two_categories_share_a_shade(count: int) -> None:
    assert len(set(shades(count))) == count


# Rows


def test_a_groups_waiting_letter_is_told_only_where_the_group_has_no_figure() -> None:
    found = without_any(of_block("new_directives"), not_counted(listed()))
    assert list(zip(found["item_id"], found["period"], strict=True)) == [("from_osa", "2025")]


def test_municipal_documents_of_the_nearest_year_stand_beside_the_letters() -> None:
    rows = of_groups(of_block("directives_by_form"), listed())
    shown = in_year(rows, listed("municipal"), "2025").drop_duplicates("item_id")
    assert dict(zip(shown["item_id"], shown["period"], strict=True)) == {
        "from_ata": "2025", "from_ya": "2025", "municipal": "2024",
    }  # fmt: skip


def test_a_change_stands_beside_its_letter_and_is_empty_where_there_is_none() -> None:
    rows = listed()
    found = with_change(rows, of_block("governing_directives_change"))
    assert len(found) == len(rows)
    changes = found.set_index("letter_id")["change"]
    assert changes["2025-ya_yl"] == -10
    assert changes.drop(["2025-ya_yl", "2025-ata_nks"]).isna().all()


def test_only_the_newest_years_are_drawn() -> None:
    rows = pd.DataFrame({"period": [str(year) for year in range(2022, 2030)]})
    assert list(newest(rows)["period"]) == ["2025", "2026", "2027", "2028", "2029"]


# Words


@pytest.mark.parametrize(
    ("period", "status", "says"),
    [
        ("2025", "shown", "YA til YL"),
        ("2025", "incomplete", "YA til YL (ufullstendig)"),
        ("2024", "shown", "YA til YL (2024)"),
        ("2024", "incomplete", "YA til YL (2024, ufullstendig)"),
    ],
)
def test_an_item_says_its_year_where_it_is_another_and_that_it_is_incomplete(
    period: str, status: str, says: str
) -> None:
    row: dict[Any, Any] = {"item": "YA til YL", "period": period, "status": status}
    assert item_words(row, "2025", SAY) == says


def test_the_title_says_what_is_the_largest_part_and_in_how_many() -> None:
    rows = parts(a=[0.2, 0.8], b=[0.6, 0.4], c=[0.1, 0.9]).assign(period="2025")
    assert parts_title(rows, "Etter trinn", "2025", SAY) == (
        "Etter trinn i\u00a02025: «trinn 2» er størst i 2 av\u00a03 grupper"
    )


def test_the_title_counts_no_group_of_another_year_and_the_years_of_all_are_told() -> None:
    rows = parts(a=[0.2, 0.8], b=[0.6, 0.4], kommuner=[0.1, 0.9]).assign(period="2025")
    rows.loc[rows["item"] == "kommuner", "period"] = "2023"
    assert parts_title(rows[rows["item"] != "b"], "Etter trinn", "2025", SAY).endswith(
        "1 av\u00a01 grupper"
    )
    assert years_words(rows, "2025", SAY) == "2025, kommunale styringsdokumenter 2023"
    assert years_words(rows[rows["period"] == "2025"], "2025", SAY) == "2025"
    alone = parts_title(rows[rows["period"] == "2023"], "Etter trinn", "2025", SAY)
    assert alone == "Etter trinn i\u00a02023: «trinn 2» er størst i 1 av\u00a01 grupper"


def test_those_who_were_asked_and_did_not_deliver_are_told() -> None:
    assert municipal_note(listed("municipal"), "2025", SAY) == (
        "Kommunale styringsdokumenter er fra 2024: 2 av 3 spurte kommuner leverte."
    )


# The page


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_page_of_goal_4_shows_the_letters_and_who_coded_them(
    open_page: Open, published: Any, lang: str
) -> None:
    app = open_page(published, "goal-4", lang=lang)
    assert not app.exception
    said = words(app)
    spelt_out = "ATA (Arbeids- og tjenesteavdelingen)"
    for text in Say(lang)("directives.status.not_coded"), "K1, K2", "K3", spelt_out:
        assert text in said


def test_another_year_is_chosen_in_the_address(open_page: Open, published: Any) -> None:
    app = open_page(published, "goal-4", letters="2024")
    assert "Brevene i\u00a02024" in words(app)
    assert "K3" not in words(app)


def test_the_survey_is_not_asked_in_the_letters_years(open_page: Open, published: Any) -> None:
    app = open_page(published, "goal-4")
    assert [box.options for box in app.selectbox if box.key == "choose-wave"] == [
        ["2025", "2023", "2017"]
    ]


def test_letters_that_are_not_in_the_sum_of_the_title_are_known() -> None:
    single = pd.DataFrame({"value": [212, 84, 64]})
    assert is_partly_summed(single, pd.DataFrame({"value": [296]}))
    assert not is_partly_summed(single, pd.DataFrame({"value": [360]}))
