"""The small release's coded letters: two years of three letters, the last of them not coded yet.

Belongs here: literals and the tables made from them. Does not belong here: the survey.
"""

from typing import Any

import pandas as pd

SOURCE = {"is_demonstration": True, "source_file": "md_brev.xlsx", "source_sha256": "4" * 64}
# item, group, label in both languages, order, node, directives and governing ones in 2024 and 2025
LETTERS = [
    ("ata_nks", "from_ata", "ATA til NKS", "ATA to NKS", 5, "NKS", (100, 70), (90, 60)),
    ("ya_yl", "from_ya", "YA til YL", "YA to YL", 7, "YL", (200, 150), (180, 140)),
    ("osa_ol", "from_osa", "ØSA til ØL", "ØSA to ØL", 8, "YL", (60, 40), None),
]
FORMS = [
    ("quantified", "Tallfestet", "Quantified", 1, 0.25),
    ("direction", "Angir retning", "Gives a direction", 2, 0.15),
    ("qualitative", "Kvalitativ", "Qualitative", 3, 0.6),
]
YEARS = ("2024", "2025")
# indicator, name in both languages, measure, unit, headline
INDICATORS = [
    ("governing_directives", "Styrende mål og føringer", "Governing directives", "count", "count",
     True),
    ("governing_directives_change", "Endring i styrende", "Change in governing", "count", "count",
     False),
    ("new_directives", "Nye mål og føringer", "New directives", "share", "share", False),
    ("directives_by_form", "Etter form", "By form", "battery", "none", False),
]  # fmt: skip


def indicators() -> list[list[str]]:
    """The rows of small_tables.INDICATORS."""
    return [
        [name, "4", nb, en, measure, "", "", "", unit, "directives", "yes" if first else "", ""]
        for name, nb, en, measure, unit, first in INDICATORS
    ]


def _figure(indicator_id: str, item: tuple[Any, ...], period: str, **values: Any) -> dict[str, Any]:
    item_id, _, label_nb, label_en, order, node, *_ = item
    return {
        "goal_id": 4, "indicator_id": indicator_id, "item_id": item_id, "item_label_nb": label_nb,
        "item_label_en": label_en, "item_order": order, "period": period, "node_id": node,
        "role_id": None, "category_id": "all", "category_kind": "all",
        "category_label_nb": "I alt", "category_label_en": "In all", "category_class": None,
        "category_order": 0, "lower": None, "upper": None, "n": None, "base": None,
        "status": "shown", **SOURCE, **values,
    }  # fmt: skip


def figures() -> pd.DataFrame:
    """What mart_goal_4 holds of the letters."""
    whole = ("all", None, "Alle", "All", 0, "NAV")
    rows = [
        _figure("governing_directives", whole, "2024", measure="count", value=260.0, base=360),
        _figure(
            "governing_directives", whole, "2025", measure="count", value=200.0, base=270,
            status="incomplete",
        ),
    ]  # fmt: skip
    for letter in LETTERS:
        for period, coded in zip(YEARS, letter[6:], strict=True):
            if coded is None:
                continue
            n, governing = coded
            group = (letter[1], None, letter[2], letter[3], letter[4] + 10, letter[5])
            rows += [
                _figure("governing_directives", letter, period, measure="count",
                        value=float(governing), base=n),
                _figure("new_directives", group, period, measure="share", value=0.4, base=n),
                *(
                    _figure("directives_by_form", one, period, measure="share", value=share,
                            base=n, category_id=category, category_kind="category",
                            category_label_nb=nb, category_label_en=en, category_order=order)
                    for category, nb, en, order, share in FORMS
                    for one in (letter, group)
                ),
            ]  # fmt: skip
        if letter[7]:
            change = float(letter[7][1] - letter[6][1])
            rows.append(
                _figure("governing_directives_change", letter, "2025", measure="change",
                        value=change)
            )  # fmt: skip
    documents = ("municipal", None, "Kommunale dokumenter", "Municipal documents", 15, "NAV")
    rows += [
        _figure("directives_by_form", documents, "2024", measure="share", value=share, base=30,
                category_id=category, category_kind="category", category_label_nb=nb,
                category_label_en=en, category_order=order, status="incomplete")
        for category, nb, en, order, share in FORMS
    ]  # fmt: skip
    return pd.DataFrame(rows)


def scorecard() -> pd.DataFrame:
    """The whole's own figures."""
    rows = figures()
    rows = rows[(rows["item_id"] == "all") & (rows["category_id"] == "all")]
    columns = ["goal_id", "indicator_id", "period", "node_id", "role_id", "value", "lower",
               "upper", "n", "base", "status", *SOURCE]  # fmt: skip
    units = {name: (measure, unit) for name, _, _, measure, unit, _ in INDICATORS}
    return rows[columns].assign(
        compared_role_id=None,
        n_compared=None,
        measure=[units[name][0] for name in rows["indicator_id"]],
        unit=[units[name][1] for name in rows["indicator_id"]],
    )


def letters() -> pd.DataFrame:
    """mart_letter, with three municipalities of which one did not deliver."""
    rows = []
    for item_id, group, label_nb, label_en, order, _, *years in LETTERS:
        for period, coded in zip(YEARS, years, strict=True):
            sender, receiver = label_nb.split(" til ")
            rows.append(
                {
                    "letter_id": f"{period}-{item_id}", "document_kind": "md_letter",
                    "item_id": item_id, "group_id": group, "item_label_nb": label_nb,
                    "item_label_en": label_en, "item_order": order, "period": period,
                    "sender": sender, "receiver": receiver,
                    "n_directives": coded[0] if coded else 66, "n_coded": coded[0] if coded else 0,
                    "n_governing": coded[1] if coded else 0,
                    "designated_coder": "K1" if coded else None,
                    "coders": "K1, K2" if coded else "K3", "n_coders": 2 if coded else 1,
                    "n_coders_in_part": 0 if coded else 1, "n_contradicting": 0,
                    "coding_status": "complete" if coded else "not_coded",
                    "is_complete": bool(coded), **SOURCE,
                }
            )  # fmt: skip
    document = {
        **rows[0], "document_kind": "municipal", "item_id": "municipal", "group_id": "municipal",
        "item_label_nb": "Kommunale dokumenter", "item_label_en": "Municipal documents",
        "item_order": 15, "period": "2024", "receiver": "NAV-kontor",
    }  # fmt: skip
    rows += [
        document
        | {"letter_id": f"kom-{place}", "sender": f"Kommune {place}", "coding_status": status}
        for place, status in enumerate(["complete", "complete", "lacking"], start=1)
    ]
    return pd.DataFrame(rows)
