"""Which groups add up to which, where organisations overlap and some belong to no unit."""

from dagster_project.disclosure.cells import sums_of

EVERYBODY = frozenset({"staff", "leader"})


def units(*names: str) -> frozenset[str]:
    return frozenset(names)


def parts_of(
    whole: frozenset[str], nodes: set[frozenset[str]], single: set[frozenset[str]]
) -> list[set[frozenset[str]]]:
    sums = sums_of(nodes, single, {EVERYBODY}, EVERYBODY)
    return [{part for part, _ in parts} for (total, _), parts in sums if total == whole]


A, B, C = units("a"), units("b"), units("c")


def test_a_node_is_the_sum_of_those_within_it_and_they_of_their_units() -> None:
    nodes = {units("a", "b", "c"), units("a", "b"), C}
    assert parts_of(units("a", "b", "c"), nodes, {A, B, C}) == [{units("a", "b"), C}]
    assert parts_of(units("a", "b"), nodes, {A, B, C}) == [{A, B}]


def test_two_organisations_meet_in_the_units_that_they_share() -> None:
    """a and b were one area, b and c are one now."""
    nodes = {units("a", "b", "c"), units("a", "b"), units("b", "c")}
    assert parts_of(units("a", "b"), nodes, set()) == [{A, B}]
    assert parts_of(units("b", "c"), nodes, set()) == [{B, C}]


def test_those_who_belong_to_no_unit_are_a_group_of_their_own() -> None:
    nodes = {units("a", "b", "nowhere")}
    assert parts_of(units("a", "b", "nowhere"), nodes, {A, B}) == [{A, B, units("nowhere")}]


def test_roles_add_up_in_each_node_but_never_within_a_unit() -> None:
    staff, leader = frozenset({"staff"}), frozenset({"leader"})
    sums = sums_of({units("a", "b")}, {A, B}, {EVERYBODY, staff, leader}, EVERYBODY)
    whole = units("a", "b")
    assert ((whole, EVERYBODY), ((whole, leader), (whole, staff))) in sums
    assert {total for total, _ in sums} == {(whole, EVERYBODY)}
