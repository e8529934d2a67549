"""The Word document of a package: real styles, captions with numbers of their own, a contents list.

Belongs here: the form of the document; the same contents give the same bytes.
Does not belong here: which tables and charts there are (contents.py), how a cell is written
(export/cells.py).
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from streamlit_app.catalogue import Say
from streamlit_app.export.cells import foot_lines, safe, sheet, words
from streamlit_app.export.pictures import png
from streamlit_app.formats import EN_DASH, HARD_SPACE, MINUS
from streamlit_app.package.contents import PASSPORTS, Contents, Item, Pilot, Section
from streamlit_app.tables import Table

MADE = datetime(2000, 1, 1)  # no clock in the file, so that the same contents give the same bytes
FONT, INK, MUTED, BLUE = "Arial", RGBColor(0x20, 0x27, 0x33), RGBColor(0x49, 0x51, 0x5E), "0063C1"
HEAD_FILL, LINE = "E1E3E7", "CFD3D8"
A4, MARGIN = (21.0, 29.7), 2.0  # cm
PAGE_WIDTH, BROAD = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN  # of the text, upright and lying
PICTURE_WIDTH = 860  # pixels over the page's width: letters stay readable on paper
TABLE_SIZE = 8  # points
LETTERS = 108 / PAGE_WIDTH  # of a table, in a centimetre
KEPT = 2  # rows that stay with the notes below the table, so that none is alone on a page
PADDING, WIDEST = 2.6, 34  # letters around a cell, and in a wide column
BOLD = 1.15  # how much wider bold letters are
SIGNS, PERCENT = f"+{MINUS}", f"{HARD_SPACE}%"  # a word between signs, since a dash would confuse
LOCALE = {"nb": "nb-NO", "en": "en-GB"}
MIMETYPE_FIRST = "[Content_Types].xml"


def document(contents: Contents) -> bytes:
    """The contents as a .docx file."""
    return _Writer(contents).written()


class _Writer:
    """The document while it is written: it counts figures and headings as they come."""

    def __init__(self, contents: Contents) -> None:
        self.contents, self.say = contents, contents.view.say
        self.doc = Document()
        self.figures = self.marks = 0
        self.is_broad = False
        self.entries = _headings(contents)

    def written(self) -> bytes:
        _set_up(self.doc, self.contents)
        self._front()
        for section in self.contents.sections:
            self._section(section)
        target = io.BytesIO()
        self.doc.save(target)
        return _same_each_time(target.getvalue())

    def _front(self) -> None:
        """Title, what it is from, and the list of contents."""
        say, manifest = self.say, self.contents.view.release.manifest
        self.doc.add_paragraph(self.contents.title, "Title")
        made = say.forms.moment(manifest["created_at"])
        self._text(say("package.from", release=manifest["release_id"], made=made))
        self._text(say("package.verify"), "Note")
        if self.contents.view.is_demonstration:
            self._text(say("frame.demonstration"), "Mark")
        self._text(say("package.contents"), "Contents Heading")
        _contents_list(self.doc, self.entries)
        self._text(say("package.pages"), "Note")

    def _section(self, section: Section) -> None:
        """One of the mandate's headings; it stands on the same page as what comes first."""
        self._turn(not section.pilots and is_crowded(section.items[0].table, self.say))
        self._heading(section.heading, 1)
        if section.items[0].table.name == PASSPORTS:
            self._passports(section.items[0].table)
            return
        for pilot in section.pilots:
            self._pilot(pilot)
        for item in section.items:
            self._turn(is_crowded(item.table, self.say))
            self._item(item)

    def _turn(self, is_broad: bool) -> None:
        """From here on, pages lie or stand; what is before keeps its own."""
        if is_broad == self.is_broad:
            return
        body = self.doc.element.body
        before = deepcopy(body.sectPr)
        body[-2].get_or_add_pPr().append(before)
        for reference in body.sectPr.findall(qn("w:headerReference")) + body.sectPr.findall(
            qn("w:footerReference")
        ):
            body.sectPr.remove(reference)  # head and foot are those of the section before
        page = self.doc.sections[-1]
        page.orientation = WD_ORIENT.LANDSCAPE if is_broad else WD_ORIENT.PORTRAIT
        width, height = reversed(A4) if is_broad else A4
        page.page_width, page.page_height = Cm(width), Cm(height)
        self.is_broad = is_broad

    def _heading(self, text: str, level: int) -> None:
        """A heading; those that the list of contents leads to can be jumped to."""
        paragraph = self.doc.add_heading(safe(text), level)
        if level == 1:
            self.marks += 1
            _bookmark(paragraph, self.marks)

    def _pilot(self, pilot: Pilot) -> None:
        """A pilot with what the mandate asks of it."""
        self._heading(pilot.name, 2)
        for part, text in pilot.parts:
            paragraph = self._text("")
            paragraph.add_run(f"{part}: ").bold = True
            paragraph.add_run(safe(text))

    def _item(self, item: Item) -> None:
        """The chart with its caption below, then the table with its caption above."""
        if item.chart is not None:
            self._picture(item)
        self._caption("package.table", item.table.title, item.number, keep=True)
        self._table(item.table)
        lines = foot_lines(item.table, self.say)
        for place, line in enumerate(lines, start=1):
            self._text(line, "Note").paragraph_format.keep_with_next = place < len(lines)

    def _picture(self, item: Item) -> None:
        """The chart, as wide as the text, with its text alternative."""
        chart, self.figures = item.chart, self.figures + 1
        assert chart is not None
        paragraph = self.doc.add_paragraph(style="Picture")
        drawn = png(chart, [], width=PICTURE_WIDTH, is_titled=False)
        shape = paragraph.add_run().add_picture(io.BytesIO(drawn), width=Cm(PAGE_WIDTH))
        about = shape._inline.docPr
        about.set("name", f"{self.say('package.figure')} {self.figures}")
        about.set("descr", safe(str(chart["description"])))
        self._caption("package.figure", item.table.title, self.figures)

    def _caption(self, kind: str, title: str, number: int, *, keep: bool = False) -> None:
        """Tabell 3. What it shows: the number is a field that Word counts."""
        label = self.say(kind)
        paragraph = self.doc.add_paragraph(f"{label} ", "Caption")
        _field(paragraph, f" SEQ {label} \\* ARABIC ", str(number))
        paragraph.add_run(f". {safe(title)}")
        paragraph.paragraph_format.keep_with_next = keep

    def _table(self, table: Table) -> None:
        heads, rows, is_number = _cells(table, self.say)
        self._append(heads, rows, is_number, table.title)

    def _passports(self, table: Table) -> None:
        """The passports, one small table for each figure."""
        for name, rows in groupby(table.rows.itertuples(index=False), key=lambda row: row.name):
            self._heading(str(name), 3)
            pairs = [[safe(str(row.term)), safe(str(row.text))] for row in rows]
            heads = [self.say("package.term"), self.say("package.text")]
            self._append(heads, pairs, [False, False], str(name))

    def _append(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        is_number: Sequence[bool],
        title: str,
    ) -> None:
        width = BROAD if self.is_broad else PAGE_WIDTH
        made = parse_xml(_table_xml(heads, rows, is_number, title, width))
        self.doc.element.body.sectPr.addprevious(made)

    def _text(self, text: str, style: str = "Normal") -> Paragraph:
        return self.doc.add_paragraph(safe(text), style)


def _headings(contents: Contents) -> list[str]:
    """What the list of contents leads to."""
    return [section.heading for section in contents.sections]


# Cells


def _cells(table: Table, say: Say) -> tuple[list[str], list[list[str]], list[bool]]:
    """Headings, rows as they are read, and which columns hold numbers.

    The two ends of an interval stand in one column; a column without anything in it is left out.
    """
    made = sheet(table, say)
    own = list(table.columns)
    read = [
        [words(cell, kind, say) for cell, kind in zip(cells, kinds, strict=True)][: len(own)]
        for cells, kinds in zip(made.rows, made.kinds, strict=True)
    ]
    heads, is_number = [], []
    rows: list[list[str]] = [[] for _ in read]
    for place, column in enumerate(own):
        if place and _is_interval(own[place - 1].name, column.name):
            continue
        after = own[place + 1].name if place + 1 < len(own) else ""
        is_joined = _is_interval(column.name, after)
        heads.append(say("column.interval") if is_joined else made.columns[place].heading)
        is_number.append(column.kind not in ("text", "date"))
        for row, cells in zip(rows, read, strict=True):
            ends = cells[place : place + 1 + is_joined]
            row.append(joined(ends, say))
    used = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    return (
        [heads[place] for place in used],
        [[row[place] for place in used] for row in rows],
        [is_number[place] for place in used],
    )


def _is_interval(lower: str, upper: str) -> bool:
    """Whether two columns are the ends of one interval."""
    return lower != upper and "lower" in lower and lower.replace("lower", "upper") == upper


def joined(ends: Sequence[str], say: Say) -> str:
    """One cell, or the ends of an interval as one: 74,5–77,3 %; +8,1 til +13,2."""
    told = [end for end in dict.fromkeys(ends) if end]
    if len(told) < 2:
        return "".join(told)
    low, high = told
    if low[0] in SIGNS or high[0] in SIGNS:
        return f"{low} {say.forms.to} {high}"
    return f"{low.rstrip(PERCENT)}{EN_DASH}{high}"


def is_crowded(table: Table, say: Say) -> bool:
    """Whether the longest words of the table have no room beside each other on an upright page."""
    if table.name == PASSPORTS:
        return False
    heads, rows, _ = _cells(table, say)
    return sum(_least([heads, *rows])) > LETTERS * PAGE_WIDTH


def _table_xml(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    is_number: Sequence[bool],
    title: str,
    width: float,
) -> str:
    """A table with a header that is repeated on each page, and rows that are not torn apart; width:
    in centimetres."""
    widths = column_widths([heads, *rows], width)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    margins = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", 30), ("left", 55), ("bottom", 30), ("right", 55))
    )
    head = _row(heads, widths, is_number, is_head=True)
    body = "".join(
        _row(row, widths, is_number, is_kept=place > len(rows) - KEPT)
        for place, row in enumerate(rows, start=1)
    )
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f'<w:tblLook w:firstRow="1" w:firstColumn="1"/>'
        f"<w:tblCaption w:val={quoteattr(safe(title))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    is_number: Sequence[bool],
    *,
    is_head: bool = False,
    is_kept: bool = False,
) -> str:
    """One row; is_kept: on the same page as what follows."""
    kept = "<w:keepNext/>" if is_head or is_kept else ""
    style = "TableHead" if is_head else "TableText"
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_FILL}"/>' if is_head else ""
    header = "<w:tblHeader/>" if is_head else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{style}"/>{kept}{_right() if number else ""}</w:pPr>'
        f"{_runs(cell)}</w:p></w:tc>"
        for cell, width, number in zip(cells, widths, is_number, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{made}</w:tr>"


def _right() -> str:
    return '<w:jc w:val="right"/>'


def _runs(text: str) -> str:
    """A text, its lines below each other."""
    lines = (
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.splitlines() or [""]
    )
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def column_widths(rows: Sequence[Sequence[str]], width: float) -> list[int]:
    """The columns' widths in twentieths of a point, of a table `width` centimetres wide: no word is
    broken as long as there is room, and the rest goes to those with most to say."""
    least = _least(rows)
    widest = WIDEST * width / PAGE_WIDTH
    wanted = [min(max(map(len, cells)), widest) + PADDING for cells in zip(*rows, strict=True)]
    room = max(LETTERS * width - sum(least), 0)
    more = [max(most - few, 0) for most, few in zip(wanted, least, strict=True)]
    share = min(room / max(sum(more), 1), 1)
    letters = [few + extra * share for few, extra in zip(least, more, strict=True)]
    whole = int(width / 2.54 * 1440)
    return [int(whole * one / sum(letters)) for one in letters]


def _least(rows: Sequence[Sequence[str]]) -> list[float]:
    """How many letters wide each column must be for its longest word; the first row is the head."""
    least = []
    for head, *cells in zip(*rows, strict=True):
        words = [len(word) for cell in cells for word in cell.split(" ")]
        longest_word = max(BOLD * max(map(len, head.split(" "))), *words, 0)
        least.append(min(longest_word, WIDEST) + PADDING)
    return least


# Fields


def _field(paragraph: Paragraph, instruction: str, result: str) -> None:
    """A field with its result filled in, so that nothing need be updated on opening."""
    for part in (_mark("begin"), _instruction(instruction), _mark("separate")):
        paragraph.add_run()._r.append(part)
    paragraph.add_run(result)
    paragraph.add_run()._r.append(_mark("end"))


def _mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _instruction(text: str) -> Any:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = text
    return instruction


def _bookmark(paragraph: Paragraph, number: int) -> None:
    """The place that entry `number` of the list of contents leads to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _anchor(number))
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def _anchor(number: int) -> str:
    """The bookmark that entry `number` leads to, named as Word names its own."""
    return f"_Toc{number:06d}"


def _contents_list(doc: Any, entries: Sequence[str]) -> None:
    """The list of contents: links, each with the page of its heading as a field of its own, which
    every program counts. No page is filled in, since it would be a guess; and no field stands
    around the list, since some programs count nothing within one."""
    for number, entry in enumerate(entries, start=1):
        paragraph = doc.add_paragraph(style="TOC 1")
        paragraph.add_run(safe(entry))
        paragraph.add_run("\t")
        _field(paragraph, f" PAGEREF {_anchor(number)} \\h ", "")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _anchor(number))
        link.set(qn("w:history"), "1")
        for run in paragraph._p.findall(qn("w:r")):
            link.append(run)
        paragraph._p.append(link)


# Styles, page, properties


def _set_up(doc: Any, contents: Contents) -> None:
    say, view = contents.view.say, contents.view
    page = doc.sections[0]
    page.page_width, page.page_height = map(Cm, A4)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN)
    _styles(doc, LOCALE[say.lang])
    words = [say("product"), f"{say('csv.release')} {view.release.release_id}"]
    words += [say("chart.demonstration")] if view.is_demonstration else []
    page.header.paragraphs[0].text = " · ".join(words)
    page.header.paragraphs[0].style = doc.styles["Note"]
    foot = page.footer.paragraphs[0]
    foot.style = doc.styles["Note"]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT  # on pages of either width
    foot.add_run(f"{contents.title}   ")
    _field(foot, " PAGE ", "1")
    told = doc.core_properties
    told.title, told.language = contents.title, LOCALE[say.lang]
    told.subject = " · ".join(words)
    told.author = told.last_modified_by = told.comments = told.keywords = ""
    told.created = told.modified = MADE
    told.revision = 1


def _styles(doc: Any, locale: str) -> None:
    """Headings and the rest in one font and in the house's colours."""
    _look(doc.styles["Normal"], 10.5, after=6)
    _look(doc.styles["Title"], 22, bold=True, after=8)
    for level, size in ((1, 16), (2, 12.5), (3, 10.5)):
        _look(
            doc.styles[f"Heading {level}"], size, bold=True, before=16 if level < 3 else 10, after=4
        )
    doc.styles["Heading 1"].paragraph_format.page_break_before = True
    _look(doc.styles["Caption"], 9.5, bold=True, before=8, after=4)
    for name, size, after, look in (
        ("Note", 8.5, 3, {"colour": MUTED}),
        ("Mark", 10.5, 8, {"bold": True, "fill": "FFEBC7"}),
        ("Picture", 10.5, 0, {}),
        ("Contents Heading", 13, 4, {"bold": True}),
        ("TOC 1", 10.5, 3, {}),
        ("Table Text", TABLE_SIZE, 0, {}),
        ("Table Head", TABLE_SIZE, 0, {"bold": True}),
    ):
        style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = doc.styles["Normal"]
        style.element.set(qn("w:styleId"), name.replace(" ", ""))
        _look(style, size, after=after, **look)
    doc.styles["TOC 1"].paragraph_format.tab_stops.add_tab_stop(
        Cm(PAGE_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    doc.styles["Note"].paragraph_format.space_before = Pt(3)
    doc.styles["Picture"].paragraph_format.keep_with_next = True
    doc.styles["Picture"].paragraph_format.space_before = Pt(16)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), locale)
    doc.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}").append(language)


def _look(
    style: Any,
    size: float,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    colour: RGBColor = INK,
    fill: str | None = None,
) -> None:
    """Font, colour and space of a style."""
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{name}"), value)
        style.element.get_or_add_pPr().append(shade)


def _same_each_time(data: bytes) -> bytes:
    """The same parts, without the clock and without the template's picture of itself."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(target, "w") as written:
        for name in _in_order(made.namelist()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, made.read(name))
    return target.getvalue()


def _in_order(names: Sequence[str]) -> Iterator[str]:
    """The list of parts first, as Word wants it, the rest by name."""
    yield MIMETYPE_FIRST
    yield from sorted(name for name in names if name != MIMETYPE_FIRST)
