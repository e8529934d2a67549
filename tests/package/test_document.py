"""The Word document as Word sees it: styles, fields, captions, alternatives; nothing unsafe."""

import re
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from docx import Document

from dagster_project.settings import PROJECT
from streamlit_app.catalogue import Say
from streamlit_app.package.document import PAGE_WIDTH, column_widths, is_crowded, joined
from streamlit_app.tables import Column
from tests.package.conftest import FORMULA, RELEASE

OFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCX = "kunnskapsgrunnlag.docx"


@pytest.fixture(scope="module")
def doc(unpacked):
    return Document(str(unpacked / DOCX))


def parts(path) -> dict[str, str]:
    """The text parts of a document or workbook."""
    with zipfile.ZipFile(path) as opened:
        names = [name for name in opened.namelist() if name.endswith((".xml", ".rels"))]
        return {name: opened.read(name).decode() for name in names}


def of_style(doc, name) -> list[str]:
    return [p.text for p in doc.paragraphs if p.style.name == name]


def test_the_headings_are_the_mandates_for_delivery_2_where_there_is_something_under_them(doc):
    assert of_style(doc, "Heading 1") == [
        "Faglig handlingsrom i førstelinjen gjennom forbedringer i mål- og resultatstyringen",
        "Lokal medbestemmelse i arbeidet med mål- og resultatstyring og lokal tjenesteutvikling",
        "Partssamarbeid på alle nivåer",
        "Forsøk",
        "Tillit vi viser brukerne",
        "Pass for hvert tall",
    ]


def test_the_list_of_contents_is_filled_in_and_leads_to_each_heading(doc):
    entries = [p for p in doc.paragraphs if p.style.name.lower() == "toc 1"]
    links = [link.get(f"{W}anchor") for p in entries for link in p._p.iter(f"{W}hyperlink")]
    marks = [mark.get(f"{W}name") for mark in doc.element.body.iter(f"{W}bookmarkStart")]
    words = ["".join(t.text or "" for t in p._p.iter(f"{W}t")) for p in entries]
    assert words == of_style(doc, "Heading 1")
    assert links == marks
    instructions = [i.text for p in entries for i in p._p.iter(f"{W}instrText")]
    assert instructions == [f" PAGEREF {mark} \\h " for mark in marks]


def test_nothing_asks_to_be_updated_on_opening(unpacked):
    read = parts(unpacked / DOCX)
    assert "updateFields" not in read["word/settings.xml"]
    assert "w:dirty" not in read["word/document.xml"]


def test_no_letter_is_smaller_than_eight_points(unpacked):
    read = parts(unpacked / DOCX)
    sizes = re.findall(r'<w:sz w:val="(\d+)"', read["word/document.xml"] + read["word/styles.xml"])
    assert sizes
    assert min(map(int, sizes)) >= 2 * 8


def test_a_crowded_table_lies_on_a_broad_page_under_its_heading_and_the_rest_on_upright_ones(doc):
    pages = [(section.page_width > section.page_height, []) for section in doc.sections]
    section = iter(pages)
    blocks = next(section)[1]
    for block in doc.element.body:
        blocks.append(block)
        if block.find(f"{W}pPr/{W}sectPr") is not None:
            blocks = next(section)[1]
    assert [is_broad for is_broad, _ in pages[:2]] == [False, True]
    for is_broad, blocks in pages:
        tables = [block for block in blocks if block.tag == f"{W}tbl"]
        widths = [sum(int(c.get(f"{W}w")) for c in t.iter(f"{W}gridCol")) for t in tables]
        assert all((width > 10_000) is is_broad for width in widths)
        assert tables or blocks is pages[0][1]


def test_captions_are_counted_by_fields_and_run_from_one(doc):
    captions = [p for p in doc.paragraphs if p.style.name == "Caption"]
    for label in ("Tabell", "Figur"):
        own = [p for p in captions if p.text.startswith(label)]
        assert own
        assert [int(p.text.split()[1].rstrip(".")) for p in own] == list(range(1, len(own) + 1))
        assert {i.text for p in own for i in p._p.iter(f"{W}instrText")} == {
            f" SEQ {label} \\* ARABIC "
        }


def test_every_chart_has_a_text_alternative(doc):
    told = [shape._inline.docPr.get("descr") for shape in doc.inline_shapes]
    assert len(told) > 10
    assert all(len(text) > 20 for text in told)
    assert any("Overvekt av positive svar" in text for text in told)


def test_every_pilot_has_purpose_plan_and_evaluation(doc):
    text = "\n".join(p.text for p in doc.paragraphs)
    for said in ("Formål: Mer rom for skjønn", "Plan: tidsplan: 01.", "Evaluering: ✕ mangler"):
        assert said in text


def test_the_passport_of_each_figure_stands_at_the_end(doc):
    assert len(of_style(doc, "Heading 3")) > 5
    last = "\n".join(cell.text for row in doc.tables[-1].rows for cell in row.cells)
    assert "Definisjon" in last
    assert RELEASE in last


def test_release_and_mark_stand_on_every_page(doc):
    head = doc.sections[0].header.paragraphs[0].text
    assert RELEASE in head
    assert "Demonstrasjonsdata" in head


@pytest.mark.parametrize("name", [DOCX, "tabeller.xlsx"])
def test_no_author_path_macro_or_link_is_in_the_file(unpacked, name):
    found = parts(unpacked / name)
    core = found["docProps/core.xml"]
    assert not re.search(r"<dc:creator>[^<]+<", core)
    assert not re.search(r"<cp:lastModifiedBy>[^<]+<", core)
    with zipfile.ZipFile(unpacked / name) as opened:
        assert not [part for part in opened.namelist() if "vba" in part.lower()]
        everything = b"\n".join(opened.read(part) for part in opened.namelist())
    assert b'TargetMode="External"' not in everything
    for path in (Path.home(), tempfile.gettempdir(), PROJECT, unpacked):
        assert str(path).encode() not in everything


def test_a_name_that_is_a_formula_is_text_in_every_format(unpacked):
    for path in sorted(unpacked.rglob("*")):
        if path.suffix in (".docx", ".xlsx"):
            text = "".join(parts(path).values())
            assert "<f>" not in text
            assert "HYPERLINK" not in text or "'=HYPERLINK" in text
    rows = (unpacked / "csv").glob("*measures-*.csv")
    text = "".join(path.read_text(encoding="utf-8") for path in rows)
    assert f"'{FORMULA}".replace('"', '""') in text


def test_a_narrow_column_keeps_room_for_its_longest_word():
    rows = [["Name", "Number", "Of"], ["NAV Møre og Romsdal", "8", "71"]]
    name, number, of = column_widths(rows, PAGE_WIDTH)
    assert number > of
    assert number > 0.1 * (name + number + of)


def test_a_table_is_crowded_when_its_longest_words_have_no_room_beside_each_other(whole):
    table = whole.items[0].table
    words = pd.DataFrame({str(place): ["mellommenneskelig"] for place in range(9)})
    wide = replace(table, rows=words, columns=[Column(name, "Navn") for name in words])
    assert is_crowded(wide, Say("nb"))
    assert not is_crowded(replace(wide, columns=wide.columns[:3]), Say("nb"))


@pytest.mark.parametrize(
    ("ends", "cell"),
    [
        (["74,5\u00a0%", "77,3\u00a0%"], "74,5–77,3\u00a0%"),
        (["+8,1", "+13,2"], "+8,1 til +13,2"),
        (["−3,0", "0,5"], "−3,0 til 0,5"),
        (["", ""], ""),
        (["skjermet", "skjermet"], "skjermet"),
        (["1", "1"], "1"),
    ],
)
def test_the_ends_of_an_interval_are_one_cell(ends, cell):
    assert joined(ends, Say("nb")) == cell


def lacks(library) -> bool:
    """Whether a program of LibreOffice is not here; Writer may be there without Calc."""
    return OFFICE is None or not any(Path(OFFICE).resolve().parents[1].rglob(f"*{library}.*"))


PRINTED_BY = {DOCX: ("writer", "swlo"), "tabeller.xlsx": ("calc", "sclo")}


@pytest.mark.parametrize("name", PRINTED_BY)
def test_libreoffice_reads_the_file_and_prints_it(unpacked, tmp_path, name):
    program, library = PRINTED_BY[name]
    if lacks(library):
        pytest.skip(f"LibreOffice's {program} is not here: apt-get install "
                    f"libreoffice-{program}-nogui")  # fmt: skip
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(unpacked / name)], check=True, capture_output=True, timeout=240)
    path = (tmp_path / name).with_suffix(".pdf")
    printed = path.read_bytes()
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) > 5
    if name == DOCX and PDFTOTEXT is not None:
        pages = subprocess.run([PDFTOTEXT, "-layout", path, "-"], capture_output=True, text=True)
        first, *rest = pages.stdout.split("\f")
        told = re.findall(r"^(\S.*?)\.{3,}\s*(\d+)$", first, re.MULTILINE)
        assert len(told) == 6
        for heading, page in told:
            assert heading.split(" i ")[0] in rest[int(page) - 2]
