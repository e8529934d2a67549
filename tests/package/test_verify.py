"""Making a package, and telling whether one is unchanged, file by file."""

import json
import shutil
import zipfile

import pytest
from typer.testing import CliRunner

from dagster_project import audit_log
from dagster_project.cli import app
from dagster_project.release import package as packages
from dagster_project.release.package import NotAPackage, NotMade, make_package, verify
from dagster_project.settings import Settings
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.package.archive import package_name
from streamlit_app.package.contents import Choices, Contents, UnknownChoice
from tests.package.conftest import RELEASE

FEW = {"goals": [3], "tables": ["figures", "survey"], "language": "en"}


@pytest.fixture(scope="module")
def settings(data) -> Settings:
    return Settings(data)


@pytest.fixture(scope="module")
def exported(settings, tmp_path_factory):
    return make_package(settings, tmp_path_factory.mktemp("out"), **FEW)


@pytest.fixture
def folder(exported, tmp_path):
    """The package unpacked, to be meddled with."""
    with zipfile.ZipFile(exported) as opened:
        opened.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def meddled(path, data: bytes) -> None:
    """A workbook as another program saves it: packed in another way, one number changed."""
    with zipfile.ZipFile(path) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace(b"<v>", data, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as written:
        for name, content in parts.items():
            written.writestr(name, content)


def test_an_export_stands_in_the_log(settings, exported):
    entry = audit_log.entries(settings.data)[-1]
    assert entry["what"] == "exported"
    assert entry["package"] == exported.name
    assert entry["release_id"] == RELEASE
    assert audit_log.faults(settings.data, {}) == []


def test_the_same_release_and_choices_give_the_same_bytes(settings, exported, tmp_path):
    assert make_package(settings, tmp_path, **FEW).read_bytes() == exported.read_bytes()


def test_an_unchanged_package_is_so_as_a_zip_and_as_a_folder(settings, exported, folder):
    for package in (exported, folder):
        found = verify(settings, package)
        assert found.faults == []
        assert found.release_id == RELEASE
        assert found.is_here
        assert found.exported is not None


def test_a_workbook_edited_and_saved_is_named(settings, folder):
    meddled(folder / "tables.xlsx", b"<v>9")
    assert verify(settings, folder).faults == ["tables.xlsx has been changed"]


def test_every_changed_missing_and_added_file_is_named(settings, folder):
    first, second, *_ = sorted((folder / "csv").iterdir())
    first.write_bytes(first.read_bytes() + b"\n")
    second.unlink()
    (folder / "more.txt").write_text("x", encoding="utf-8")
    assert verify(settings, folder).faults == [
        f"csv/{first.name} has been changed",
        f"csv/{second.name} is missing",
        "more.txt was not in the package",
    ]


def test_a_file_changed_together_with_the_manifest_is_found_by_making_it_again(settings, folder):
    path = next(iter(sorted((folder / "csv").iterdir())))
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][f"csv/{path.name}"] = packages._sha256(path.read_bytes())
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = verify(settings, folder)
    assert found.is_remade
    assert found.faults == [f"csv/{path.name} has been changed"]


def test_where_the_release_is_not_here_only_the_manifest_vouches(exported, tmp_path):
    found = verify(Settings(tmp_path), exported)
    assert (found.faults, found.is_here, found.exported) == ([], False, None)
    assert found.release_id == RELEASE


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b"no zip"), "cannot be read as a package"),
        (lambda path: path.unlink(), "There is no file"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "manifest.json"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "cannot be read as a package"),
    ],
    ids=["no-zip", "not-there", "empty", "cut-off"],
)
def test_what_is_no_package_is_said_to_be_none(settings, exported, tmp_path, spoil, said):
    path = tmp_path / "package.zip"
    shutil.copy(exported, path)
    spoil(path)
    with pytest.raises(NotAPackage, match=said):
        verify(settings, path)


@pytest.mark.parametrize(
    ("goals", "tables", "language", "said"),
    [
        ([9], [], "nb", "There is no goal 9; there are: 1, 2, 3, 4, 5."),
        ([], ["x"], "nb", "There is no table x; there are: figures, "),
        ([], [], "fr", "There is no language fr; there are: nb, en."),
    ],
)
def test_what_is_not_there_to_choose_is_named(goals, tables, language, said):
    with pytest.raises(UnknownChoice, match=said):
        Choices.asked_for(goals, tables, language)


def test_a_choice_with_nothing_in_it_is_wrong_use_and_leaves_no_file(settings, tmp_path):
    with pytest.raises(NotMade, match="The release has nothing of what is chosen") as told:
        make_package(settings, tmp_path, goals=[5], tables=["pilots"])
    assert told.value.status == 2
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_names_what_is_changed_with_exit_status_1(settings, folder, monkeypatch):
    monkeypatch.setenv("TILLIT_DATA", str(settings.data))
    run = CliRunner()
    good = run.invoke(app, ["verify", str(folder)])
    assert good.exit_code == 0
    assert f"The package is from release {RELEASE}, which is here." in good.output
    meddled(folder / "tables.xlsx", b"<v>9")
    edited = run.invoke(app, ["verify", str(folder)])
    assert edited.exit_code == 1
    assert "✗ tables.xlsx has been changed" in edited.output


def test_packages_of_one_release_are_told_apart_by_their_names(release):
    def name(*choice) -> str:
        return package_name(Contents(Choices.asked_for(*choice), View(Say("nb"), release), "", ()))

    assert name([], [], "nb") == f"tillitsmonitor_kunnskapsgrunnlag_{RELEASE}_demonstrasjon.zip"
    assert name([4, 3], ["survey", "figures"], "nb") == (
        f"tillitsmonitor_kunnskapsgrunnlag_maal-3-4_figures-survey_{RELEASE}_demonstrasjon.zip"
    )
    names = {name(*choice) for choice in (([], [], "nb"), ([3], [], "nb"), ([], ["survey"], "nb"))}
    assert len(names) == 3
