"""A small published release, and the dashboard started on it without a browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.dashboard.small_release import marts, write_release, write_run

APP = Path(__file__).resolve().parents[2] / "streamlit_app" / "app.py"
RELEASE = "a1b2c3d4e5f6"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A data folder with one release and three runs, the oldest held back by a gate; and with a
    warehouse that no page can open, since none has anything to do there."""
    data = tmp_path_factory.mktemp("data")
    write_release(data, RELEASE)
    (data / "warehouse.duckdb").write_bytes(b"not a database; opening it would fail")
    write_run(data, "2026-11-18T200000", "held")
    write_run(data, "2026-11-19T200000", "published", "0000aaaa1111")
    write_run(data, "2026-11-20T200000", "published", RELEASE)
    return data


@pytest.fixture(scope="session")
def tables():
    """The marts of the small release, by name."""
    return marts()


@pytest.fixture
def open_page(monkeypatch) -> Open:
    """Opens a page: `open_page(data, "goal-1", lang="en", wave="2017")`; "" is the overview."""

    def opened(data: Path, path: str = "", **address: str) -> AppTest:
        monkeypatch.setenv("TILLIT_DATA", str(data))
        monkeypatch.setattr("streamlit_app.address.page_name", lambda: path)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app._page_hash = calc_hash(path)  # pages are functions, which switch_page does not know
        return app.run()

    return opened


def words(app: AppTest) -> str:
    """Everything that stands on the page outside charts, as one text."""
    plain = [*app.title, *app.header, *app.subheader, *app.markdown, *app.text, *app.code]
    html = [element.proto.body for element in app.get("html")]
    return "\n".join([str(element.value) for element in plain] + html)


def chart_headings(app: AppTest) -> list[str]:
    """What stands over each chart: title, subtitle and legend, as HTML."""
    bodies = [element.proto.body for element in app.get("html")]
    return [body for body in bodies if body.startswith('<p class="tm-title"')]


def unfolded(app: AppTest) -> AppTest:
    """The same page with every fold of it opened."""
    for fold in app.get("expander"):
        app.session_state[re.sub(r"^\$\$ID-[0-9a-f]+-", "", fold.proto.id)] = True
    return app.run()
