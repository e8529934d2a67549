"""Codebooks: the real ones hold, and each way to get one wrong is told with file and line."""

from pathlib import Path

import pytest

from dagster_project.ingest.assets import indicator_ids
from dagster_project.ingest.codebook import read_codebooks
from dagster_project.ingest.described import DescriptionFault
from dagster_project.settings import Settings
from tests.ingest.small import CODEBOOK, INDICATORS, SEEDS

FILE = "puls_2031.yml"


def refusal(folder: Path, content: str | bytes) -> str:
    """What is said of a codebook that is refused."""
    (folder / FILE).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DescriptionFault) as caught:
        read_codebooks(folder, INDICATORS)
    return str(caught.value)


def line_holding(text: str, part: str) -> int:
    """The last line where `part` stands."""
    return max(n for n, held in enumerate(text.splitlines(), start=1) if part in held)


def test_the_three_codebooks_of_the_project_hold(tmp_path: Path) -> None:
    books = read_codebooks(SEEDS / "codebooks", indicator_ids(Settings(tmp_path)))
    waves = [wave for book in books.values() for wave in book.waves]
    assert sorted(waves) == ["2017", "2023", "2025"]


def test_the_small_codebook_that_is_spoiled_below_holds(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(CODEBOOK, encoding="utf-8")
    (book,) = read_codebooks(tmp_path, INDICATORS).values()
    assert [question.id for question in book.questions] == ["room", "involved", "measures"]


SPOILED = {
    "a code that stands twice in a scale": (
        "{code: 2, class: neutral, nb: Verken",
        "{code: 1, class: neutral, nb: Verken",
        "nb: Verken",
        "code 1 stands more than once",
    ),
    "a label that stands twice in a scale, in another case": (
        "nb: Vet ikke",
        "nb: ENIG",
        "nb: ENIG",
        "label ENIG stands more than once",
    ),
    "a column that two questions read": (
        "column: Q3",
        "column: Q1",
        "column: Q1",
        "column Q1 stands more than once",
    ),
    "a column that is read and not read": (
        "[Kommentar]",
        "[Kommentar, q2l]",
        "column: Q2L",
        "column Q2L stands more than once",
    ),
    "a role asked in both columns of a pair": (
        "{column: Q2T, of: [union_rep]",
        "{column: Q2T, of: [union_rep, leader]",
        "column: Q2T",
        "role leader stands more than once",
    ),
    "a question that stands twice": (
        "id: measures",
        "id: involved",
        "id: involved",
        "question involved stands more than once",
    ),
    "a gap in a scale": (
        "{code: 3, class: positive",
        "{code: 4, class: positive",
        "{code: 4,",
        "the scale goes from 2 to 4; the codes between are lacking",
    ),
    "a scale that is not in order": (
        "{code: 3, class: positive",
        "{code: 0, class: positive",
        "{code: 0,",
        "code 0 stands after 2; write the scale in order",
    ),
    "a label that is empty": (
        "nb: Uenig",
        "nb: ' '",
        "nb: ' '",
        "the label in nb is missing",
    ),
    "a label that is not there in English": (
        ", en: Disagree",
        "",
        "nb: Uenig",
        "en: is missing; write it",
    ),
    "a wording that is not there": (
        ", wording: {nb: Jeg involverer., en: I involve.}",
        "",
        "column: Q2L",
        "wording: is missing; write it",
    ),
    "an answer without a class": (
        "{code: 3, class: positive,",
        "{code: 3,",
        "{code: 3,",
        "class: is missing; write it",
    ),
    "a class that is not known": (
        "class: neutral",
        "class: middling",
        "class: middling",
        "'negative', 'neutral', 'positive' or 'missing'",
    ),
    "a scale on which nothing counts as positive": (
        "class: positive",
        "class: neutral",
        "agree3:",
        "no answer counts as positive",
    ),
    "a scale that is not described": (
        "scale: agree3\n    goal: 3",
        "scale: agree5\n    goal: 3",
        "scale: agree5",
        "there is no scale agree5",
    ),
    "a key that is misspelt": (
        "not_read:",
        "not_raed:",
        "not_raed:",
        "is not a key that is known here; check the spelling",
    ),
    "a role that is not known": (
        '"3": union_rep}',
        '"3": union}',
        "role:",
        "'staff', 'leader', 'union_rep' or 'safety_rep'",
    ),
    "a question that nobody was asked": (
        "of: [staff],",
        "of: [],",
        "asked:",
        "nobody was asked; name the column and the roles",
    ),
    "a name that no column of a table can have": (
        "id: room",
        "id: Handlingsrom",
        "id: Handlingsrom",
        "use lower-case letters, digits and _ only",
    ),
    "a break without a note": (
        "  - id: involved",
        '    comparable_with: {wave: "2029", break: wording}\n  - id: involved',
        "break: wording",
        "a break needs a note that says what changed",
    ),
    "an indicator that does not exist": (
        "[labour_measures_room]",
        "[labour_measures_rom]",
        "labour_measures_rom]",
        "the indicator labour_measures_rom is not in seeds/reference/indicators.csv",
    ),
    "a survey without a wave": (
        '  "2031": {title: {nb: Puls 2031, en: Pulse 2031}, organisation_period: 2031}',
        "  {}",
        "waves:",
        "Dictionary should have at least 1 item",
    ),
    "several waves and no column that tells them apart": (
        'waves:\n  "2031"',
        'waves:\n  "2030": {title: {nb: P, en: P}, organisation_period: 2030}\n  "2031"',
        "waves:",
        "there are several waves; write `wave` with the column that tells them apart",
    ),
    "a code of a wave that is not described": (
        "files:",
        'wave: {column: Runde, codes: {"1": "2031", "2": "2032"}}\nfiles:',
        "wave: {column",
        "wave 2032 is not among `waves`; describe it there",
    ),
    "a wave that no code leads to": (
        "files:",
        "wave: {column: Runde, codes: {}}\nfiles:",
        '  "2031"',
        "no code of the column Runde says 2031",
    ),
    "a code of a wave of which there are published shares alone": (
        "organisation_period: 2031}",
        "organisation_period: 2031, form: published}\nwave: {column: R, codes: {'1': '2031'}}",
        "wave: {column",
        "of wave 2031 there are published shares alone, so that no row belongs to it",
    ),
    "answers and no file that they are read from": (
        'files: ["puls_2031*"]\n',
        "",
        "instrument",
        "files: is missing; write a file pattern",
    ),
    "a role that nobody has": (
        "of: [staff],",
        "of: [safety_rep],",
        "column: Q3",
        "nobody in this survey has the role safety_rep",
    ),
    "a role for everybody that is not known": (
        'role: {column: Rolle, codes: {"1": staff, "2": leader, "3": union_rep}}',
        "role: boss",
        "role: boss",
        "role: Input should be 'staff', 'leader', 'union_rep', 'safety_rep' or 'all'",
    ),
    "a cell that two answers of a scale have": (
        "nb: Vet ikke, en: Do not know",
        'nb: Vet ikke, en: Do not know, cell: "3"',
        "nb: Vet ikke",
        "cell 3 stands more than once",
    ),
    "a code that is too large to keep": (
        "{code: 9, class: missing",
        "{code: 99999, class: missing",
        "code: 99999",
        "code: Input should be less than or equal to 32767",
    ),
    "an encoding that does not exist": (
        "cells: code",
        "cells: code\nencoding: cp1253x",
        "encoding:",
        "cp1253x is not the name of an encoding",
    ),
    "a delimiter of two signs": (
        "cells: code",
        'cells: code\ndelimiter: ";;"',
        "delimiter:",
        "Input should be",
    ),
    "a key that stands twice": (
        "cells: code",
        "cells: code\ncells: label_nb",
        "cells: label_nb",
        "duplicate key",
    ),
    "a bracket that is never closed": (
        "[labour_measures_room]",
        "[labour_measures_room",
        "label: {nb: Tiltak",
        "expected ',' or ']'",
    ),
    "a sign that YAML does not allow": (
        "nb: Tiltak, en: Measures",
        "nb: Til\x07tak, en: Measures",
        "tak, en: Measures",
        "not allowed",
    ),
}


@pytest.mark.parametrize(("old", "new", "culprit", "says"), SPOILED.values(), ids=SPOILED)
def test_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, culprit: str, says: str
) -> None:
    text = CODEBOOK.replace(old, new)
    assert text != CODEBOOK
    message = refusal(tmp_path, text)
    first = message.splitlines()[0]
    assert first.startswith(f"{FILE}, line {line_holding(text, culprit)}: ")
    assert says in message


def test_every_fault_is_told_at_once_each_on_its_line(tmp_path: Path) -> None:
    text = CODEBOOK.replace("nb: Uenig", "nb: ''").replace("column: Q3", "column: Q1")
    assert refusal(tmp_path, text).splitlines() == [
        f"{FILE}, line 38: questions.3.asked.1.column: column Q1 stands more than once; "
        "once is enough",
        f"{FILE}, line 12: scales.agree3.1.nb: the label in nb is missing",
    ]


def test_a_fault_in_what_is_merged_from_elsewhere_is_told_where_it_is_merged(
    tmp_path: Path,
) -> None:
    text = CODEBOOK.replace("{code: 1, class: negative", "&one {code: 1, class: negative")
    text = text.replace("nb: Uenig", "nb: ''")
    text = text.replace("{code: 2, class: neutral, nb: Verken eller", "{<<: *one, code: 2")
    assert refusal(tmp_path, text).splitlines()[-2:] == [
        f"{FILE}, line 12: scales.agree3.1.nb: the label in nb is missing",
        f"{FILE}, line 13: scales.agree3.2.nb: the label in nb is missing",
    ]


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"- a\n- list\n"])
def test_a_file_that_describes_nothing_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content).startswith(f"{FILE}, line 1: Input should be")


def test_a_codebook_that_is_not_utf_8_is_refused_with_the_line(tmp_path: Path) -> None:
    content = CODEBOOK.replace("nb: Enig,", "nb: Enig sånn,").encode("cp1252")
    assert refusal(tmp_path, content) == (
        f"{FILE}, line 14: byte 0xE5 is not UTF-8; save the file as UTF-8"
    )


def test_two_codebooks_for_one_wave_are_refused_with_both_files(tmp_path: Path) -> None:
    (tmp_path / "annen.yml").write_text(CODEBOOK, encoding="utf-8")
    assert refusal(tmp_path, CODEBOOK) == (
        f"annen.yml, {FILE}: 2 codebooks describe wave 2031; keep one"
    )


# --- comparisons between codebooks -----------------------------------------------------------

EARLIER = CODEBOOK.replace("2031", "2029")
COMPARED = CODEBOOK.replace(
    "  - id: involved", "    comparable_with: {wave: '2029', break: none}\n  - id: involved"
)


def comparison(folder: Path, earlier: str, compared: str = COMPARED) -> list[str]:
    """What is said of a wave that compares the question `room` with an earlier wave's."""
    (folder / "puls_2029.yml").write_text(earlier, encoding="utf-8")
    (folder / FILE).write_text(compared, encoding="utf-8")
    try:
        read_codebooks(folder, INDICATORS)
    except DescriptionFault as fault:
        return str(fault).splitlines()
    return []


SCALE_2029 = f"{FILE}, line 24: questions.1.comparable_with: the scale is not that of wave 2029 "
ADVICE = ": write `break: scale` with a note that says what changed"


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        (
            "    - {code: 2, class: neutral, nb: Verken eller, en: Neither}\n"
            "    - {code: 3, class: positive",
            "    - {code: 2, class: positive",
            "(3 steps here, 2 there)",
        ),
        (
            "code: 2, class: neutral",
            "code: 2, class: negative",
            "(code 2 is neutral here, code 2 negative there)",
        ),
        (
            "{code: 3, class: positive, nb: Enig, en: Agree}",
            "{code: 3, class: positive, nb: Enig, en: Agree}\n"
            "    - {code: 4, class: positive, nb: Helt enig, en: Wholly agree}",
            "(3 steps here, 4 there)",
        ),
    ],
)
def test_scales_that_differ_are_not_compared_without_saying_how(
    tmp_path: Path, old: str, new: str, differs: str
) -> None:
    assert old in EARLIER
    assert comparison(tmp_path, EARLIER.replace(old, new)) == [f"{SCALE_2029}{differs}{ADVICE}"]
    said = "break: scale, note: {nb: Ny skala, en: New scale}"
    assert not comparison(
        tmp_path, EARLIER.replace(old, new), COMPARED.replace("break: none", said)
    )


def test_other_codes_for_the_same_steps_are_told(tmp_path: Path) -> None:
    from_zero = EARLIER
    for code in (1, 2, 3):
        from_zero = from_zero.replace(f"- {{code: {code},", f"- {{code: {code - 1},")
    assert comparison(tmp_path, from_zero) == [
        f"{SCALE_2029}(code 1 is negative here, code 0 negative there){ADVICE}"
    ]


def test_other_labels_and_missing_codes_are_the_same_scale(tmp_path: Path) -> None:
    reworded = EARLIER.replace("nb: Uenig", "nb: Ikke enig").replace("code: 9", "code: 8")
    assert comparison(tmp_path, reworded) == []


@pytest.mark.parametrize(
    ("earlier", "compared", "says"),
    [
        (
            EARLIER,
            COMPARED.replace("wave: '2029'", "wave: '2028'"),
            "no codebook describes wave 2028; write one, or leave comparable_with out",
        ),
        (
            EARLIER.replace("id: room", "id: space"),
            COMPARED,
            "wave 2029 has no question room; give the two the same id, or leave comparable_with "
            "out",
        ),
        (
            EARLIER,
            COMPARED.replace("wave: '2029'", "wave: '2031'"),
            "wave 2031 is one of this codebook's own, which are compared with each other anyway",
        ),
    ],
)
def test_a_comparison_with_what_is_not_there_is_refused_with_file_and_line(
    tmp_path: Path, earlier: str, compared: str, says: str
) -> None:
    assert comparison(tmp_path, earlier, compared) == [
        f"{FILE}, line 24: questions.1.comparable_with: {says}"
    ]


def test_while_a_codebook_is_wrong_nothing_is_said_of_comparisons_with_it(tmp_path: Path) -> None:
    (said,) = comparison(tmp_path, EARLIER.replace("nb: Uenig", "nb: ''"))
    assert said.startswith("puls_2029.yml, line ")


def test_a_folder_without_codebooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DescriptionFault, match="there is no codebook"):
        read_codebooks(tmp_path, INDICATORS)
