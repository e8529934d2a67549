"""Both catalogues are complete, no key is unused, and no word of the interface is in code."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from streamlit_app.catalogue import Say, catalogue

APP = Path(__file__).resolve().parents[2] / "streamlit_app"
SOURCES = sorted(APP.rglob("*.py"))
SAYING = {"say", "known"}
SHOWING = {
    "title", "header", "subheader", "markdown", "text", "caption", "write", "selectbox",
    "expander", "popover", "download_button", "page_link", "info", "warning", "error",
    "segmented_control", "radio", "button", "Tooltip", "paragraph",
}  # fmt: skip


def called(node: ast.Call) -> str:
    """The last part of a called name: say, for `say(…)`, `view.say(…)` and `self.say(…)`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                yield source, node


def patterns(argument: ast.expr) -> list[str]:
    """The keys that an argument can stand for, as regular expressions."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [re.escape(argument.value)]
    if isinstance(argument, ast.IfExp):
        return patterns(argument.body) + patterns(argument.orelse)
    if isinstance(argument, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.-]+"
            for part in argument.values
        ]
        return ["".join(parts)]
    return []


def test_both_languages_have_the_same_keys():
    assert catalogue("nb").keys() == catalogue("en").keys()


def test_texts_take_the_same_values_in_both_languages():
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    differing = [
        k for k in catalogue("nb") if fields(catalogue("nb")[k]) != fields(catalogue("en")[k])
    ]
    assert differing == []


def test_every_key_in_the_catalogue_is_used_and_every_key_used_is_there():
    used = [p for _, node in calls() if called(node) in SAYING for p in patterns(node.args[0])]
    used += [r"forms\.\w+"]  # Say gives these to the number forms
    keys = set(catalogue("nb"))
    assert {key for key in keys if not any(re.fullmatch(p, key) for p in used)} == set()
    assert {p for p in used if not any(re.fullmatch(p, key) for key in keys)} == set()


def test_no_word_of_the_interface_is_in_code():
    found = [
        f"{source.name}:{node.lineno}"
        for source, node in calls()
        if called(node) in SHOWING
        and isinstance(node.args[0], ast.Constant)
        and re.search(r"[A-Za-zÆØÅæøå]{2}", str(node.args[0].value))
        and called(node) != "Tooltip"
    ]
    assert found == []


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_text_is_empty_but_the_months_that_norwegian_dates_do_without(lang):
    empty = {key for key, text in catalogue(lang).items() if not text.strip()}
    assert empty <= {"forms.months"}


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_line_begins_with_a_per_cent_sign_or_a_separator(lang):
    loose = {key for key, text in catalogue(lang).items() if re.search(r"[\d}] %| · ", text)}
    assert loose == set()
    assert Say(lang).of({f"name_{lang}": "Minst 95 % · alle"}, "name") == (
        "Minst 95\u00a0%\u00a0· alle"
    )


def test_english_texts_have_plain_apostrophes():
    assert {key for key, text in catalogue("en").items() if "\u2019" in text} == set()


def test_an_outside_icon_font_is_never_asked_for():
    assert [s.name for s in SOURCES if ":material/" in s.read_text(encoding="utf-8")] == []
