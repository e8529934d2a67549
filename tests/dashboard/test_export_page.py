"""The page on which a package is chosen and taken along."""

from streamlit_app.screens import export
from streamlit_app.screens.export import Made
from tests.dashboard.conftest import RELEASE, words

PAGE = "export"


def test_everything_is_chosen_to_begin_with(open_page, published):
    app = open_page(published, PAGE)
    assert app.pills[0].value == [1, 2, 3, 4, 5]
    assert len(app.pills[1].value) == 9
    assert app.selectbox(key="export-release").value == RELEASE
    assert app.radio(key="export-language").value == "nb"


def test_the_package_is_asked_for_with_what_is_chosen(open_page, published, monkeypatch):
    asked = []

    def make(request):
        asked.append(request)
        return Made(request, "pakke.zip", b"zip")

    monkeypatch.setattr(export, "make", make)
    app = open_page(published, PAGE)
    app.pills[0].set_value([3]).run()
    app.button[0].click().run()
    assert [(list(r.choices.goals), r.release_id, r.choices.lang) for r in asked] == [
        ([3], RELEASE, "nb")
    ]
    assert [button.label for button in app.get("download_button")] == ["Last ned pakken"]
    app.pills[0].set_value([3, 4]).run()
    assert not app.get("download_button")


def test_what_went_wrong_is_shown(open_page, published, monkeypatch):
    monkeypatch.setattr(export, "make", lambda request: Made(request, fault="disken er full"))
    app = open_page(published, PAGE)
    app.button[0].click().run()
    assert "disken er full" in words(app)


def test_without_a_goal_there_is_nothing_to_make(open_page, published):
    app = open_page(published, PAGE, lang="en")
    app.pills[0].set_value([]).run()
    assert "Choose at least one goal" in words(app)
    assert not app.button


def test_the_command_is_tillit_export_with_the_choices(tmp_path):
    request = export.Request("abc", export.Choices((1, 3), ("figures",), "en"))
    command = export.command(request, tmp_path)
    assert command[1:4] == ["-m", "dagster_project.cli", "export"]
    assert command[-6:] == ["--goal", "1", "--goal", "3", "--table", "figures"]
