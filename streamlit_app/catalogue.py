"""Every word of the interface, in bokmål and in English, from the catalogues in texts/.

Belongs here: finding a text by its key and filling in its values.
Does not belong here: the words themselves (texts/nb.yml, texts/en.yml).
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from streamlit_app.formats import HARD_SPACE, Forms, Row

LANGUAGES = ("nb", "en")
TEXTS = Path(__file__).resolve().parent / "texts"
LOOSE = re.compile(r"(?<=[\d}]) (?=%)| (?=· )")  # before % after its number, and before a separator


def flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """A nested catalogue as one level: {"goal": {"title": …}} becomes {"goal.title": …}."""
    texts: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        texts |= (
            flat(value, f"{name}.") if isinstance(value, Mapping) else {name: unbroken(str(value))}
        )
    return texts


def unbroken(text: str) -> str:
    """The text with hard spaces where a line must not be divided: 95 %, one · two."""
    return LOOSE.sub(HARD_SPACE, text)


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """All texts of one language by dotted key."""
    path = TEXTS / f"{lang}.yml"
    return MappingProxyType(flat(YAML(typ="safe").load(path.read_text(encoding="utf-8"))))


class Say:
    """Says texts in one language: `say("goal.title", number=3)`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts = catalogue(lang)
        months = tuple(self._texts["forms.months"].split())
        self.forms = Forms(lang, to=self._texts["forms.to"], months=months)

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with `values` filled in; an unknown key is a fault in the code."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def known(self, key: str) -> str | None:
        """The text of `key`, or None: for names that come with the data."""
        return self._texts.get(key)

    def of(self, row: Row, name: str) -> str:
        """A text that came with the data: column `<name>_nb` or `<name>_en` of `row`."""
        return unbroken(str(row[f"{name}_{self.lang}"]))
