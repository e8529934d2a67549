"""The organisation is a whole tree in every year, with one merger and one split between them."""

import pandas as pd
import pytest

YEARS = (2017, 2023, 2025)

LEVELS = ("NAV", "Linje", "Resultatområde", "Enhet")
HEADCOUNTS = ["Medarbeidere", "Ledere", "Tillitsvalgte", "Verneombud"]


@pytest.mark.parametrize("year", YEARS)
def test_every_node_hangs_one_level_below_its_parent(
    organisations: dict[int, pd.DataFrame], year: int
) -> None:
    nodes = organisations[year].set_index("Enhetsnr")
    assert nodes.index.is_unique
    assert list(nodes.index[nodes["Nivå"] == "NAV"]) == ["NAV"]
    for code, node in nodes.drop(index="NAV").iterrows():
        parent = nodes.loc[node["Overordnet enhet"]]
        assert LEVELS.index(node["Nivå"]) == LEVELS.index(parent["Nivå"]) + 1, code


@pytest.mark.parametrize("year", YEARS)
def test_people_work_in_units_only_and_in_every_unit(
    organisations: dict[int, pd.DataFrame], year: int
) -> None:
    nodes = organisations[year]
    people = nodes[HEADCOUNTS].sum(axis="columns")
    assert ((people > 0) == (nodes["Nivå"] == "Enhet")).all()
    assert (nodes[HEADCOUNTS] >= 0).all(axis=None)


def test_20_900_people_work_there_in_2023(organisations: dict[int, pd.DataFrame]) -> None:
    assert organisations[2023][HEADCOUNTS].sum(axis=None) == 20_900


def test_two_offices_in_one_county_merge_between_2017_and_2023(
    organisations: dict[int, pd.DataFrame],
) -> None:
    before, after = (organisations[year].set_index("Enhetsnr") for year in (2017, 2023))
    merger = after[after["Forgjengere"] != ""]
    assert list(merger["Forgjengere"]) == ["0207|0208"]
    assert set(before.index) - set(after.index) == {"0207", "0208"}
    assert set(after.index) - set(before.index) == set(merger.index)


def test_troms_og_finnmark_splits_in_two_between_2023_and_2025(
    organisations: dict[int, pd.DataFrame],
) -> None:
    before, after = (organisations[year].set_index("Enhetsnr") for year in (2023, 2025))
    assert set(before.index) - set(after.index) == {"FYL-TRF"}
    split = after[after["Forgjengere"] == "FYL-TRF"]
    assert set(split.index) == set(after.index) - set(before.index) == {"FYL-TRM", "FYL-FIN"}
    offices_before = before[before["Overordnet enhet"] == "FYL-TRF"]
    offices_after = after[after["Overordnet enhet"].isin(split.index)]
    assert set(offices_before.index) == set(offices_after.index)
    assert set(offices_after["Overordnet enhet"]) == set(split.index)
