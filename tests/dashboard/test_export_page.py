"""The page on which a package is chosen and taken along."""

from streamlit_app.screens import export
from streamlit_app.screens.export import Made
from tests.dashboard.conftest import RELEASE, words

PAGE = "export"


def test_everything_is_chosen_to_begin_with(open_page, published):
    app = open_page(published, PAGE)
    assert app.pills[0].value == ["1", "2", "3", "4", "5"]
    assert len(app.pills[1].value) == 9
    assert app.selectbox(key="choose-package-release").value == RELEASE
    assert app.selectbox(key="choose-package-language").value == "nb"
    assert not app.query_params


def test_the_releases_offered_stand_with_when_they_were_made(open_page, published):
    offered = open_page(published, PAGE).selectbox(key="choose-package-release").options
    assert offered == [f"{RELEASE}, laget 20.11.2026\u00a021:15"]


def test_the_choices_stand_in_the_address_so_that_a_link_shows_them(open_page, published):
    app = open_page(published, PAGE)
    app.pills[0].set_value(["4", "3"]).run()
    app.pills[1].set_value(["survey"]).run()
    app.selectbox(key="choose-package-language").set_value("en").run()
    said = dict(app.query_params.items())
    assert said == {
        "package-goals": "3.4",
        "package-tables": "survey",
        "package-language": "en",
    }
    sent = open_page(published, PAGE, **said)
    assert [pills.value for pills in sent.pills] == [["3", "4"], ["survey"]]
    assert sent.selectbox(key="choose-package-language").value == "en"
    sent.pills[0].set_value(["1", "2", "3", "4", "5"]).run()
    assert "package-goals" not in sent.query_params


def test_what_the_address_asks_for_and_is_not_there_is_said(open_page, published):
    asked = {"package-goals": "3.9", "package-release": "finnesikke"}
    app = open_page(published, PAGE, **asked)
    assert app.pills[0].value == ["3"]
    assert app.selectbox(key="choose-package-release").value == RELEASE
    said = words(app)
    assert "«9» i adressen finnes ikke" in said
    assert "«finnesikke» i adressen finnes ikke" in said


def test_the_package_is_asked_for_with_what_is_chosen(open_page, published, monkeypatch):
    asked = []

    def make(request):
        asked.append(request)
        return Made(request, "pakke.zip", b"zip")

    monkeypatch.setattr(export, "make", make)
    app = open_page(published, PAGE)
    app.pills[0].set_value(["3"]).run()
    app.button[0].click().run()
    assert [(list(r.choices.goals), r.release_id, r.choices.lang) for r in asked] == [
        ([3], RELEASE, "nb")
    ]
    assert [button.label for button in app.get("download_button")] == ["Last ned pakken"]
    app.pills[0].set_value(["3", "4"]).run()
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
