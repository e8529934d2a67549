"""A package of the small release, made once, and unpacked."""

import shutil
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
from tests.shared import made_once

RELEASE = "a1b2c3d4e5f6"
FORMULA = '=HYPERLINK("http://example.com";"Tiltak")'


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """A data folder with a release in which a measure has a formula for a name, and a package of
    everything in it, packed and unpacked; made once for all workers."""

    def make(folder: Path) -> None:
        tables = small_registers.tables()
        measures = tables["mart_measure"]
        measures.loc[measures["measure_id"] == "T2", "title_nb"] = FORMULA
        write_release(folder / "data", RELEASE, more=tables)
        whole = everything(open_release(folder / "data" / "releases" / RELEASE))
        (folder / "package.zip").write_bytes(archive(whole))
        with zipfile.ZipFile(folder / "package.zip") as opened:
            opened.extractall(folder / "unpacked")

    return made_once(tmp_path_factory, "package", make)


def everything(release: Release) -> Contents:
    """Everything there is in the release, in bokmål."""
    return contents(View(Say("nb"), release), Choices())


@pytest.fixture(scope="session")
def data(made, tmp_path_factory) -> Path:
    """The data folder, for this worker alone: to make a package leaves its mark there."""
    folder = tmp_path_factory.mktemp("house") / "data"
    shutil.copytree(made / "data", folder, symlinks=True)
    return folder


@pytest.fixture(scope="session")
def release(data) -> Release:
    return open_release(data / "releases" / RELEASE)


@pytest.fixture(scope="session")
def whole(release) -> Contents:
    return everything(release)


@pytest.fixture(scope="session")
def unpacked(made) -> Path:
    return made / "unpacked"
