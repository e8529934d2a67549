"""A package of the small release, made once, and unpacked."""

import zipfile
from pathlib import Path

import pytest

from dagster_project.release.reader import Release, open_release
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.package.archive import archive
from streamlit_app.package.contents import Choices, Contents, contents
from tests.dashboard import small_registers
from tests.dashboard.small_release import write_release

RELEASE = "a1b2c3d4e5f6"
FORMULA = '=HYPERLINK("http://example.com";"Tiltak")'


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """A data folder with a release in which a measure has a formula for a name."""
    folder, tables = tmp_path_factory.mktemp("house"), small_registers.tables()
    measures = tables["mart_measure"]
    measures.loc[measures["measure_id"] == "T2", "title_nb"] = FORMULA
    write_release(folder, RELEASE, more=tables)
    return folder


@pytest.fixture(scope="session")
def release(data) -> Release:
    return open_release(data / "releases" / RELEASE)


@pytest.fixture(scope="session")
def whole(release) -> Contents:
    """Everything there is, in bokmål."""
    return contents(View(Say("nb"), release), Choices())


@pytest.fixture(scope="session")
def package(whole, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("package") / "package.zip"
    path.write_bytes(archive(whole))
    return path


@pytest.fixture(scope="session")
def unpacked(package) -> Path:
    folder = package.parent / "unpacked"
    with zipfile.ZipFile(package) as opened:
        opened.extractall(folder)
    return folder
