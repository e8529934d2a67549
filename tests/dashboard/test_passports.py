"""Every chart and table of figures has its passports a click away, and they are whole."""

import re

import pytest

from tests.dashboard import small_registers, small_users
from tests.dashboard.conftest import RELEASE, unfolded, words
from tests.dashboard.small_release import write_release

# What a passport says of any figure; what does not apply is said, not left out.
HEADINGS = {"Definisjon", "Gjelder", "Verdi", "Metode", "Vekter", "Spørsmålet", "Kildefil",
            "SHA-256", "Kontroller", "Utgave", "Laget"}  # fmt: skip
WITH_PASSPORTS = {"Tabell, pass og nedlasting", "Pass for tallene"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Releases that together have all kinds of evidence: answers and letters, registers, users."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("own", "registers", "users")}
    write_release(folders["own"], RELEASE)
    small_registers.write_release(folders["registers"])
    write_release(folders["users"], "e" * 12, more=small_users.tables())
    return folders


def passports_on(app) -> list[dict[str, str]]:
    """The passports that stand on the page, each by its headings."""
    found = re.findall(r'<dl class="tm-passport">(.*?)</dl>', words(app))
    return [dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", one)) for one in found]


@pytest.mark.parametrize(
    ("which", "path", "of_tables"),
    [
        ("own", "goal-1", 2), ("own", "goal-3", 0), ("own", "goal-4", 3), ("own", "compare", 0),
        ("registers", "goal-2", 3), ("users", "goal-2", 1), ("users", "goal-5", 1),
    ],
)  # fmt: skip
def test_every_chart_and_table_of_figures_has_whole_passports(
    open_page, data, which, path, of_tables
):
    app = open_page(data[which], path)
    before, charts = len(passports_on(app)), len(app.get("vega_lite_chart"))
    folds = [fold for fold in app.get("expander") if fold.label in WITH_PASSPORTS]
    assert len(folds) == charts + of_tables
    told = passports_on(unfolded(app))
    assert not app.exception
    assert len(told) >= before + len(folds)
    for passport in told:
        assert passport.keys() >= HEADINGS, passport
        assert all(passport.values()), passport


def test_what_is_registered_says_that_nobody_was_asked_and_nothing_is_weighted(open_page, data):
    told = passports_on(unfolded(open_page(data["registers"], "goal-2")))
    assert {"Gjelder ikke: Alt som er registrert, teller likt."} < {one["Vekter"] for one in told}
    metric = [one for one in told if "primære måltall" in one["Definisjon"]]
    assert [one["Vekter"] for one in metric] == ["Enhetene teller etter hvor mange saker de har."]
    assert "Enhet 01. Sammenlignet med: Enhet 02" in metric[0]["Gjelder"]


def test_years_that_were_asked_otherwise_stand_apart_in_the_passport(open_page, data):
    told = passports_on(unfolded(open_page(data["users"], "goal-5")))
    years = [one for one in told if "2022" in one.get("Måling", "")]
    assert len(years) == 1
    assert years[0]["Skala"] == "2022, 2023, 2024: seks punkter; 2025: fem punkter"
    assert years[0]["Publisert i"] == "Delrapport 1 4.2.5"
    assert years[0]["Kildefil"] == "2025, 2024, 2023: brukere.csv; 2022: andeler.csv"
    assert "Andelen slik den er publisert" in years[0]["Metode"]
    assert "2022: Uvektet publisert andel" in years[0]["Vekter"]


def test_a_passport_is_of_the_year_that_the_chart_shows(open_page, data):
    app = unfolded(open_page(data["own"], "goal-4", letters="2024"))
    of_form = [one for one in passports_on(app) if "etter form" in one["Definisjon"]]
    assert [one["Måling"] for one in of_form] == ["2024"]
