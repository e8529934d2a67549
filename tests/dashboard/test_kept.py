"""What is worked out once and kept: shared by all readers, never of another release, bounded."""

import shutil
from dataclasses import dataclass, field

import pytest

from streamlit_app.kept import KEPT, forget, kept
from tests.dashboard.conftest import words
from tests.dashboard.small_release import write_release


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


@dataclass
class Counted:
    """Something to work from, that counts how often it is worked from."""

    key: tuple[str, ...]
    done: list[tuple[str, ...]] = field(default_factory=list)


@kept
def work(of: Counted, *choice: str) -> int:
    of.done.append(choice)
    return len(of.done)


def test_what_is_asked_for_again_is_not_worked_out_again():
    reader = Counted(("release",))
    assert [work(reader, "2025"), work(reader, "2025"), work(reader, "2023")] == [1, 1, 2]
    assert work(Counted(("release",)), "2025") == 1


def test_nothing_is_shared_between_releases_languages_or_kinds_of_work():
    @kept
    def other(of: Counted, *choice: str) -> int:
        return work(of, *choice) + 100

    one, two = Counted(("a", "nb")), Counted(("a", "en"), [()])
    assert [work(one, "x"), work(two, "x"), other(one, "x")] == [1, 2, 101]


def test_the_oldest_goes_when_there_is_too_much():
    reader = Counted(("release",))
    for number in range(KEPT + 1):
        work(reader, str(number))
    work(reader, str(KEPT))
    assert len(reader.done) == KEPT + 1
    work(reader, "0")
    assert len(reader.done) == KEPT + 2


def halved(tables, *names):
    """The tables with every figure half of what it was."""
    columns = ["value", "lower", "upper"]
    return {
        name: tables[name].assign(**{column: tables[name][column] / 2 for column in columns})
        for name in names
    }


def all_of(app) -> str:
    """The words of a page and all that its charts are drawn from."""
    charts = app.get("vega_lite_chart")
    return "\n".join([words(app), *(f"{chart.proto.alt} {chart.proto.spec}" for chart in charts)])


@pytest.mark.parametrize("path", ["", "goal-1", "goal-4", "compare"])
def test_no_page_shows_what_was_kept_of_the_release_before(open_page, tables, tmp_path, path):
    before, after = "111111111111", "222222222222"
    write_release(tmp_path, before)
    app = open_page(tmp_path, path)
    said = all_of(app)
    changed = halved(tables, "mart_scorecard", "mart_goal_1", "mart_goal_4")
    write_release(tmp_path, after, more=changed)
    app.run()
    forget()
    assert all_of(app) == all_of(open_page(tmp_path, path))
    assert all_of(app).replace(after, before) != said


def test_a_release_made_anew_under_its_id_is_another(open_page, tables, tmp_path):
    folder = write_release(tmp_path, "111111111111")
    said = words(open_page(tmp_path))
    shutil.rmtree(folder)
    changed = halved(tables, "mart_scorecard")
    write_release(tmp_path, "111111111111", more=changed, created_at="2026-11-21T20:15:00+00:00")
    assert words(open_page(tmp_path)) != said.replace("20.11.2026", "21.11.2026")
