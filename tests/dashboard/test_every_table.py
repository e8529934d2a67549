"""No table on any page stands without its files."""

import pytest

from tests.dashboard import small_registers, small_users
from tests.dashboard.conftest import RELEASE, unfolded, words
from tests.dashboard.small_release import write_release, write_run
from tests.dashboard.test_pages import PAGES


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Releases that together have every table: the newest beside an earlier one, and runs."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("own", "registers", "users")}
    write_release(folders["own"], "0" * 12, created_at="2026-11-01T10:00:00+00:00")
    write_release(folders["own"], RELEASE, more=small_registers.tables())
    write_run(folders["own"], "2026-11-18T200000", "held")
    write_run(folders["own"], "2026-11-20T200000", "published", RELEASE)
    write_release(folders["users"], "e" * 12, more=small_users.tables())
    return folders


def tables_and_files(app) -> tuple[int, int, int]:
    """How many tables stand on the page, and how many can be taken as CSV and as XLSX."""
    labels = [button.label for button in app.get("download_button")]
    there = words(app).count('<table class="tm-table"')
    return there, labels.count("Tabell som CSV"), labels.count("Tabell som XLSX")


@pytest.mark.parametrize(
    ("which", "path"), [*(("own", path) for path in PAGES), ("users", "goal-5")]
)
def test_every_table_on_a_page_can_be_taken_as_csv_and_xlsx(open_page, data, which, path):
    app = unfolded(open_page(data[which], path))
    assert not app.exception
    tables, csv, xlsx = tables_and_files(app)
    assert tables == csv == xlsx
    assert tables > 0 or path in ("", "search", "export", "accessibility")


def test_what_a_search_finds_can_be_taken_too(open_page, data):
    assert tables_and_files(open_page(data["own"], "search", q="egen erfaring")) == (0, 1, 1)
    assert tables_and_files(open_page(data["own"], "search", q="zzz")) == (0, 0, 0)
