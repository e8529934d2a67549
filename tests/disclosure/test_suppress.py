"""What is hidden so that nothing hidden can be computed: published examples and plain cases."""

from collections.abc import Sequence

import numpy as np
import pytest

from dagster_project.disclosure.suppress import CannotProtect, Limits, Table, is_safe, suppress

NO_ANSWERS = 1


def table(
    counts: Sequence[int] | Sequence[Sequence[int]],
    *sums: tuple[int, tuple[int, ...]],
    unpublished: Sequence[int] = (),
    most: float = np.inf,
) -> Table:
    cells = np.array(counts, dtype=np.int64).reshape(len(counts), -1)
    is_published = np.array([cell not in unpublished for cell in range(len(cells))])
    return Table(cells, sums, is_published, np.full(len(cells), most))


def hidden(
    one: Table, minimum: int, *, width: int | None = None, alike_below: int = 0
) -> list[int]:
    limits = Limits(minimum, width or minimum, NO_ANSWERS, alike_below)
    nothing = np.zeros(len(one.counts), dtype=bool)
    found = suppress(one, limits, nothing)
    assert is_safe(one, limits, found)
    return np.flatnonzero(found).tolist()


def test_the_one_part_beside_a_hidden_one_is_hidden_too() -> None:
    """A commercial tool's rule of the remainder, minimum 5: Sales 4 and Technology 9 of 13."""
    assert hidden(table([13, 4, 9], (0, (1, 2))), 5) == [1, 2]


def test_where_both_parts_are_enough_both_are_shown() -> None:
    assert hidden(table([15, 6, 9], (0, (1, 2))), 5) == []


def test_of_two_ways_to_cut_one_age_range_only_one_is_shown() -> None:
    """SDC handbook, chapter 5: under 20 = 6 and 20 to 39 = 9, under 25 = 7 and 25 to 39 = 8, so one
    man is 20 to 24."""
    under_20, to_39, under_25, from_25, to_24, men = range(6)
    one = table(
        [6, 9, 7, 8, 1, 15],
        (men, (under_20, to_39)),
        (men, (under_25, from_25)),
        (under_25, (under_20, to_24)),
        (to_39, (to_24, from_25)),
        unpublished=[to_24],
    )
    assert hidden(one, 5) in ([under_20, to_39], [under_25, from_25])


SPAIN, ICELAND, PORTUGAL = range(3)


def test_young_portugal_is_protected_by_the_three_cells_that_were_published() -> None:
    """Vignette of GaussSuppression: counts up to 1 are sensitive, all totals are published."""
    young, old = [5, 2, 0], [6, 3, 4]
    one = table(
        [*young, *old, 7, 13, 11, 5, 4, 20],
        (6, (0, 1, 2)),
        (7, (3, 4, 5)),
        *((8 + country, (country, 3 + country)) for country in (SPAIN, ICELAND, PORTUGAL)),
        (11, (6, 7)),
        (11, (8, 9, 10)),
    )
    assert hidden(one, 2) == [ICELAND, PORTUGAL, 3 + ICELAND, 3 + PORTUGAL]


def test_two_hidden_parts_that_are_few_together_take_a_third_with_them() -> None:
    assert hidden(table([34, 3, 4, 12, 15], (0, (1, 2, 3, 4))), 10) == [1, 2, 3]


def test_what_is_left_over_of_a_total_is_a_group_too() -> None:
    """Four who belong to no unit are found where all units are shown."""
    one = table([49, 20, 25, 4], (0, (1, 2, 3)), unpublished=[3])
    assert hidden(one, 10) == [1]


def test_a_small_group_that_gave_one_answer_is_hidden_and_protected() -> None:
    one = table([[8, 10, 40], [0, 0, 12], [4, 5, 11], [4, 5, 17]], (0, (1, 2, 3)))
    assert hidden(one, 10, alike_below=20) == [1, 2]
    assert hidden(one, 10, alike_below=12) == []


def test_hidden_groups_that_gave_one_answer_together_hide_more() -> None:
    """The seven and the six are all positive, and that is seen from the total without the rest."""
    one = table([[9, 0, 31], [0, 0, 7], [0, 0, 6], [4, 0, 8], [5, 0, 10]], (0, (1, 2, 3, 4)))
    assert hidden(one, 10, alike_below=20) == [1, 2, 3]


def test_the_smallest_that_helps_is_hidden_and_no_total() -> None:
    parts = [4, 30, 11, 50]
    assert hidden(table([sum(parts), *parts], (0, (1, 2, 3, 4))), 10) == [1, 3]


def test_where_nothing_else_is_left_the_total_is_hidden() -> None:
    assert hidden(table([6, 2, 4], (0, (1, 2))), 5) == [1, 2]
    assert hidden(table([8, 8, 30, 22], (0, (1,)), (2, (0, 3))), 10) == [0, 1, 3]


def test_a_pattern_that_leaves_one_cell_open_to_subtraction_is_not_safe() -> None:
    one = table([13, 4, 9], (0, (1, 2)))
    limits = Limits(5, 5, NO_ANSWERS, 0)
    assert not is_safe(one, limits, np.array([False, True, False]))
    assert is_safe(one, limits, np.array([False, True, True]))


@pytest.mark.parametrize(("most", "is_open"), [(np.inf, True), (10.0, False)])
def test_how_many_can_have_answered_bounds_what_is_hidden(most: float, is_open: bool) -> None:
    """Ten in each at most, 19 of 19 positive: then at least nine in each."""
    one = table([[0, 0, 19], [0, 0, 9], [0, 0, 10]], (0, (1, 2)), most=most)
    limits = Limits(10, 10, 2, 0)
    assert is_safe(one, limits, np.array([False, True, True])) == is_open


@pytest.mark.parametrize(("staff_of_new", "is_large"), [([2, 17], True), ([2, 7], False)])
def test_what_a_release_has_told_of_a_group_of_another_organisation_holds_only_the_small_back(
    staff_of_new: list[int], is_large: bool
) -> None:
    """A county is split in two. That all, the staff and a unit in either part were shown tells that
    one or two of the staff of the new county are negative, whatever is hidden now."""
    new, other = np.array(staff_of_new), np.array([1, 30])
    rest_of_new, rest_of_other = np.array([0, 4]), np.array([0, 12])
    staff, rest = new + other, rest_of_new + rest_of_other
    unit_of_new, unit_of_other = np.array([1, 9]), np.array([1, 20])
    counts = [
        *(staff + rest, staff, rest),
        *(new, other, rest_of_new, rest_of_other),
        *(new + rest_of_new, unit_of_new, new + rest_of_new - unit_of_new),
        *(other + rest_of_other, unit_of_other, other + rest_of_other - unit_of_other),
    ]
    sums = [(0, (1, 2)), (1, (3, 4)), (2, (5, 6)), (7, (3, 5)), (7, (8, 9)), (10, (4, 6))]
    one = table([cells.tolist() for cells in counts], *sums, (10, (11, 12)))
    known = np.isin(np.arange(len(counts)), [0, 1, 8, 11])
    new_alone = np.arange(len(counts)) == 3
    limits = Limits(10, 10, 2, 0)
    if is_large:
        assert np.array_equal(suppress(one, limits, new_alone, known), ~known)
    else:
        with pytest.raises(CannotProtect, match="has shown too much"):
            suppress(one, limits, new_alone, known)
