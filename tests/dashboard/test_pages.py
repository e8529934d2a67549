"""Each page as a reader meets it, in both languages, on the small release."""

import json
import re
import shutil

import pytest

from dagster_project.release.reader import current_release
from streamlit_app.blocks.passport import passports
from streamlit_app.catalogue import Say, catalogue
from streamlit_app.evidence import View
from streamlit_app.selection import Choice
from tests.dashboard.conftest import RELEASE, chart_headings, words
from tests.dashboard.small_release import write_release

PAGES = {
    "": ("Oversikt", "Overview"),
    "goal-1": ("1 Faglig handlingsrom", "1 Professional discretion"),
    "goal-2": ("2 Lokal tjenesteutvikling", "2 Local service development"),
    "goal-3": ("3 Partssamarbeid", "3 Social-partner cooperation"),
    "goal-4": ("4 Mål- og resultatstyring", "4 Performance management"),
    "goal-5": ("5 Tillit vi viser brukerne", "5 The trust we show users"),
    "data-quality": ("Datakvalitet", "Data quality"),
    "lineage": ("Fra fil til tall", "From file to figure"),
    "data-dictionary": ("Datakatalog", "Data dictionary"),
    "export": ("Ta med en pakke", "Download a package"),
    "about": ("Om og metode", "About and method"),
    "compare": ("Sammenlign", "Compare"),
    "search": ("Søk", "Search"),
    "news": ("Nytt siden sist", "New since last time"),
    "accessibility": ("Tilgjengelighet", "Accessibility"),
}
LANGUAGES = ["nb", "en"]


def charts(app):
    return app.get("vega_lite_chart")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_both_languages_with_release_and_mark_and_never_the_warehouse(
    open_page, published, path, lang
):
    assert (published / "warehouse.duckdb").read_bytes().startswith(b"not a database")
    app = open_page(published, path, lang=lang)
    assert not app.exception
    assert [title.value for title in app.title] == [PAGES[path][LANGUAGES.index(lang)]]
    said = words(app)
    assert RELEASE in said
    assert {"nb": "Demonstrasjonsdata", "en": "Demonstration data"}[lang] in said
    assert f"documentElement.lang = '{lang}'" in said


def test_bokmal_is_spoken_unless_the_address_says_otherwise(open_page, published):
    assert open_page(published).title[0].value == "Oversikt"
    assert open_page(published, lang="fr").title[0].value == "Oversikt"


def test_a_language_that_is_not_ours_is_said_in_both_languages(open_page, published):
    said = words(open_page(published, "about", lang="<fr>"))
    assert '<span lang="nb">Språket «&lt;fr&gt;» i adressen finnes ikke her.' in said
    assert '<span lang="en">The address asks for the language “&lt;fr&gt;”' in said
    for lang in LANGUAGES:
        assert "no language" not in words(open_page(published, "about", lang=lang))
    assert "no language" not in words(open_page(published, "about"))


def test_sources_and_headings_of_files_are_marked_as_norwegian_on_the_english_pages(
    open_page, published
):
    about, dictionary = (open_page(published, p, lang="en") for p in ("about", "data-dictionary"))
    assert '<li lang="nb">Tillitsreformen, Delrapport 1</li>' in words(about)
    assert '<td lang="nb">Enhetsnr | Enhet</td>' in words(dictionary)


def test_the_overview_shows_all_five_goals_and_says_where_evidence_is_missing(open_page, published):
    app = open_page(published)
    assert [heading.value[0] for heading in app.header] == ["1", "2", "3", "4", "5"]
    said = words(app)
    assert said.count("Ingen evidens ennå.") == 2
    assert "Venter på: Brukere som opplever tillit fra NAV" in said


def test_every_figure_on_the_overview_has_interval_n_and_wave(open_page, published):
    lines = re.findall(r'tm-small">([^<]*n\u00a0=\u00a0[^<]*)<', words(open_page(published)))
    assert len(lines) == 6
    assert all(line.endswith("2025") for line in lines)


@pytest.mark.parametrize(
    ("goal", "role"),
    [("goal-4", "Medarbeidere"), ("goal-3", "Ledere mot tillitsvalgte og verneombud")],
)
def test_a_figure_that_is_not_of_all_employees_says_of_which_role_it_is(
    open_page, published, goal, role
):
    for path in ("", goal):
        said = words(open_page(published, path))
        assert re.search(f'tm-small">{role}\u00a0· [^<]*n\u00a0=', said)
        assert f"<dt>Rolle</dt><dd>{role}</dd>" in said
    of_all = words(open_page(published, "goal-1"))
    assert "<dt>Rolle</dt>" not in of_all


def test_the_passport_says_everything_needed_to_defend_the_figure(open_page, published):
    said = words(open_page(published))
    for part in [
        "Definisjon av egen erfaring",
        "Ansatte som svarte",
        "Wilson-intervall på det effektive antallet svar",
        "Vektet til antallet ansatte etter resultatområde og rolle. Uvektet 78\N{NO-BREAK SPACE}%.",
        "medarbeiderundersokelsen_2025.xlsx",
        "3" * 64,
        "raw_survey: bestått, sjekker: 40; mart_scorecard: bestått",
        "Hvordan er det med egen erfaring og kompetanse?",
        f"<dd>{RELEASE}</dd>",
    ]:
        assert part in said, part


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda scorecard: scorecard.assign(is_weighted=False),
            "Uvektet, siden organisasjonen for målingen mangler antallet ansatte.",
        ),
        (
            lambda scorecard: scorecard.drop(columns=["is_weighted", "value_unweighted"]),
            "Uvektet, som i alle utgaver fra før vektene kom.",
        ),
    ],
    ids=["no-headcounts", "older-release"],
)
def test_the_passport_says_why_a_figure_is_not_weighted(open_page, tables, tmp_path, change, said):
    write_release(tmp_path, RELEASE, more={"mart_scorecard": change(tables["mart_scorecard"])})
    assert said in words(open_page(tmp_path))


@pytest.mark.parametrize(("goal", "count"), [(1, 6), (2, 0), (3, 3), (4, 7), (5, 0)])
def test_a_goal_page_draws_what_its_indicators_ask_for(open_page, published, goal, count):
    app = open_page(published, f"goal-{goal}")
    assert len(charts(app)) == count
    assert all(chart.proto.alt for chart in charts(app))


def test_a_goal_without_evidence_lists_what_it_waits_for_and_what_is_published(
    open_page, published
):
    said = words(open_page(published, "goal-5"))
    assert "Ingen evidens ennå." in said
    assert "Brukere som opplever tillit fra NAV" in said
    assert "nesten 90\u00a0%" in said
    assert "Tillitsreformen, Delrapport 1" in said
    assert "4.2.5" in said


def test_published_figures_keep_their_decimals(open_page, published):
    assert "75,93\u00a0%" in words(open_page(published, "goal-1"))


def test_the_address_says_what_is_shown(open_page, published):
    app = open_page(published, "goal-1", wave="2017", unit="NKS", role="leader")
    assert [box.value for box in app.selectbox][:3] == ["2017", "NKS", "leader"]
    assert "2017\u00a0· NAV kontaktsenter\u00a0· Ledere" in chart_headings(app)[0]


def test_what_the_address_asks_for_and_does_not_exist_is_said(open_page, published):
    app = open_page(published, "goal-1", wave="1999", unit="NAV")
    assert app.selectbox[0].value == "2025"
    assert "«1999» i adressen finnes ikke" in words(app)


def test_no_place_or_role_is_offered_of_which_all_is_withheld(open_page, published, tables):
    mart = tables["mart_goal_1"]
    hidden = mart[(mart["node_id"] == "KLA") & (mart["role_id"] == "leader")]
    assert len(hidden)
    assert set(hidden["status"]) == {"withheld"}
    app = open_page(published, "goal-1", unit="KLA")
    assert "Ledere" not in app.selectbox[2].options
    assert "«leader» i adressen finnes ikke" in words(
        open_page(published, "goal-1", unit="KLA", role="leader")
    )


def test_a_choice_is_written_into_the_address(open_page, published):
    app = open_page(published, "goal-1")
    app.selectbox[1].set_value("NAY").run()
    assert app.query_params["unit"] == "NAY"
    app.selectbox[1].set_value("NAV").run()
    assert "unit" not in app.query_params


def test_withheld_figures_read_as_the_word_in_the_table(open_page, published):
    app = open_page(published, "goal-1", unit="1001", role="representative")
    app.session_state["table-likert-discretion_factors"] = True
    app.run()
    assert "skjermet" in words(app)
    assert (
        "Skjermet: færre enn 10 svar, eller en så liten gruppe kunne regnes ut av tallet."
        in words(app)
    )


def test_the_table_behind_a_chart_has_its_stamp_and_a_csv(open_page, published):
    app = open_page(published, "goal-3", lang="en")
    app.session_state["table-gaps"] = True
    app.run()
    said = words(app)
    assert "Wave: 2025\u00a0· Part of the organisation: The whole of NAV" in said
    assert f"Release: {RELEASE}\u00a0· Demonstration data" in said
    assert [button.label for button in app.get("download_button")] == [
        "Table as XLSX",
        "Table as CSV",
        "Chart as SVG",
        "Chart as PNG",
    ]


def test_a_chart_title_points_at_no_result_area(open_page, published):
    app = open_page(published, "goal-4")
    assert "kontaktsenter" not in chart_headings(app)[-1]


def test_data_quality_shows_failed_runs_reasons_and_sums(open_page, published):
    app = open_page(published, "data-quality")
    said = words(app)
    for part in [
        "✕\u00a0holdt\u00a0tilbake",
        "41 svar er utenfor skalaen",
        "enheten finnes ikke i periodens organisasjon",
        "✓ går opp",
        "–\u00a0ikke\u00a0levert",
        "15\u00a0% til 31\u00a0%",
        "✕\u00a0stemmer\u00a0ikke",
    ]:
        assert part in said, part
    assert len(charts(app)) == 1


def test_data_quality_tells_how_much_is_withheld_and_that_it_could_not_be_computed(
    open_page, published
):
    said = words(open_page(published, "data-quality"))
    assert "Et prøveangrep på utgaven" in said
    assert "klarte ikke å regne ut noen av de skjermede gruppene" in said
    for heading in ("Grupper som er skjermet", "Tall som er skjermet", "Resultatområder"):
        assert heading in said


def test_data_quality_tells_what_did_not_pass_from_when_until_when(open_page, published):
    said = words(open_page(published, "data-quality", lang="en"))
    told = said.partition("Lasted")[2].partition("</table>")[0]
    assert "raw_survey" in told
    assert "41 svar er utenfor skalaen" in told
    assert "1.0 days" in told
    assert "goes on" not in told


def test_data_quality_lists_every_check_of_the_release_with_its_limit(open_page, published):
    said = words(open_page(published, "data-quality"))
    for part in ("hver rad har en rolle", "mostly = 1", "!\u00a0advarsel", "1 2 3 4 5"):
        assert part in said, part
    warned = words(open_page(published, "data-quality", status="warned"))
    assert "hvert tall er vektet" in warned
    assert "hver rad har en rolle" not in warned


def test_data_quality_is_asked_about_one_goal_or_one_file(open_page, published):
    told = {
        "touches": ("4", "raw.directives", "hver rad har en rolle"),
        "file": ("survey/medarbeiderundersokelsen_2025.xlsx", "raw.survey", "hvert tall er vektet"),
    }
    for name, (value, there, gone) in told.items():
        said = words(open_page(published, "data-quality", **{name: value}))
        assert there in said
        assert gone not in said


def test_data_quality_says_what_to_do_about_what_was_set_aside(open_page, published):
    said = words(open_page(published, "data-quality"))
    assert "Før enheten opp i organisasjonsfilen for perioden" in said


def test_every_reason_for_setting_aside_has_advice():
    for lang in LANGUAGES:
        texts = catalogue(lang)
        reasons = {key.removeprefix("reason.") for key in texts if key.startswith("reason.")}
        advice = {key.removeprefix("advice.") for key in texts if key.startswith("advice.")}
        assert reasons == advice


def test_a_run_can_be_looked_into(open_page, published):
    app = open_page(published, "data-quality")
    app.selectbox[0].set_value("2026-11-18T200000").run()
    assert "✕\u00a0ikke\u00a0bestått" in words(app)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("lang", "title"), [("nb", "Ingenting er publisert"), ("en", "Nothing has")]
)
def test_without_a_release_each_page_says_so_kindly(open_page, tmp_path, path, lang, title):
    app = open_page(tmp_path, path, lang=lang)
    assert not app.exception
    if path in ("data-quality", "about", "accessibility"):
        assert app.title[0].value == PAGES[path][LANGUAGES.index(lang)]
    else:
        assert app.title[0].value.startswith(title)


def broken(data, how):
    folder = write_release(data, "b0b0b0b0b0b0")
    if how == "no manifest":
        (folder / "manifest.json").unlink()
    elif how == "no folder":
        shutil.rmtree(folder)
    else:
        (folder / "marts.duckdb").write_bytes(b"cut off")


WHAT_IS_BROKEN = {
    "no manifest": ("`manifest.json` mangler", "`manifest.json` is missing"),
    "no folder": ("`manifest.json` mangler", "`manifest.json` is missing"),
    "cut off": ("`marts.duckdb` er endret", "`marts.duckdb` has been changed"),
}


@pytest.mark.parametrize("how", WHAT_IS_BROKEN)
@pytest.mark.parametrize(("lang", "title"), [("nb", "Utgaven kan ikke"), ("en", "The release can")])
def test_a_broken_release_gets_a_friendly_page(open_page, tmp_path, how, lang, title):
    broken(tmp_path, how)
    for path in ("", "goal-1"):
        app = open_page(tmp_path, path, lang=lang)
        assert not app.exception
        assert app.title[0].value.startswith(title)
        assert "Traceback" not in words(app)
        assert WHAT_IS_BROKEN[how][lang == "en"] in app.markdown[0].value
        (message,) = re.findall('lang="en">(.*?)</pre>', words(app))
        assert "b0b0b0b0b0b0" in message


def test_a_broken_release_that_the_address_asks_for_has_a_way_to_the_current_one(
    open_page, tmp_path
):
    broken(tmp_path, "cut off")
    assert "Vis den gjeldende utgaven" not in words(open_page(tmp_path, "goal-1"))
    write_release(tmp_path, RELEASE)
    app = open_page(tmp_path, "goal-1", release="b0b0b0b0b0b0", wave="2023")
    assert app.title[0].value == "Utgaven kan ikke vises"
    assert 'href="?wave=2023" target="_self">Vis den gjeldende utgaven' in words(app)


def test_data_quality_opens_beside_a_broken_release(open_page, tmp_path):
    broken(tmp_path, "no manifest")
    assert open_page(tmp_path, "data-quality").title[0].value == "Datakvalitet"


@pytest.mark.parametrize(
    ("lang", "title"), [("nb", "Målet finnes ikke"), ("en", "There is no such goal")]
)
@pytest.mark.parametrize("asked", ["9", "0", "mål", "<b>"])
def test_an_unknown_goal_gets_a_friendly_page(open_page, published, lang, title, asked):
    app = open_page(published, goal=asked, lang=lang)
    assert not app.exception
    assert app.title[0].value == title
    assert asked in app.text[0].value


def test_a_known_goal_in_the_address_leads_to_its_page(open_page, published):
    assert open_page(published, goal="3").title[0].value == "3 Partssamarbeid"


@pytest.mark.parametrize(
    ("lang", "title"), [("nb", "Siden finnes ikke"), ("en", "There is no such page")]
)
def test_an_unknown_page_gets_a_friendly_page(open_page, published, lang, title):
    app = open_page(published, "goal-9", lang=lang)
    assert not app.exception
    assert app.title[0].value == title


def test_a_new_release_is_shown_at_the_next_click(open_page, tmp_path):
    write_release(tmp_path, "111111111111")
    app = open_page(tmp_path)
    assert "111111111111" in words(app)
    write_release(tmp_path, "222222222222", is_demonstration=False)
    app.run()
    assert "222222222222" in words(app)
    assert "tm-mark" not in words(app).partition("</style>")[2]


def test_a_release_whose_input_was_erased_says_so_on_every_page(open_page, tmp_path):
    folder = write_release(tmp_path, "111111111111")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["inputs"] = [{"domain": "survey", "file": "wave.csv", "sha256": "a" * 64}]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "Slettet etter" not in words(open_page(tmp_path))
    mark = {"sha256": "a" * 64, "at": "2026-11-21T10:00:00+00:00", "because": "an error"}
    (tmp_path / "releases" / "erased.jsonl").write_text(json.dumps(mark) + "\n")
    for path in PAGES:
        said = words(open_page(tmp_path, path))
        assert "Slettet etter at utgaven ble laget: wave.csv." in said


def test_the_passport_tells_the_wording_of_each_wave_and_who_was_asked(open_page, published):
    said = words(open_page(published))
    assert re.search(r"2025, 2023(, 2017)?: «Hvordan er det med [^»]+\?» Stilt til: alle\.", said)


def test_a_chart_has_its_passport_beside_the_table(open_page, published):
    app = open_page(published, "goal-3")
    before = words(app).count(f"<dt>Utgave</dt><dd>{RELEASE}</dd>")
    app.session_state["table-gaps"] = True
    app.run()
    gaps = 2  # each of which has its own
    assert words(app).count(f"<dt>Utgave</dt><dd>{RELEASE}</dd>") == before + gaps


def test_the_passport_goes_with_the_file(published, tables):
    view = View(Say("nb"), current_release(published))
    indicators = tables["dim_indicator"].set_index("indicator_id", drop=False)
    two = [indicators.loc[name] for name in ("discretion_time", "discretion_factors")]
    said = passports(two, Choice("2025", "NAV", "all"), view)
    assert len(said) == 2
    for facts in map(dict, said.values()):
        assert facts["Definisjon"]
        assert facts["Utgave"] == RELEASE
        assert "raw_survey: bestått" in facts["Kontroller"]
    assert dict(said["Tid snevrer inn handlingsrommet"])["SHA-256"] == "3" * 64
