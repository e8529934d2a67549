"""The package as one zip: the same release and the same choices give the same bytes.

Belongs here: which files there are, the manifest with their hashes, the zip itself.
Does not belong here: any one file's form; telling whether a package is unchanged, which asks
nothing of the dashboard (`dagster_project.release.verify`).
"""

import io
import zipfile
from collections.abc import Mapping

from streamlit_app.export.files import FORMATS, file_name, workbook
from streamlit_app.package.contents import GOALS, KINDS, Contents
from streamlit_app.package.document import document
from streamlit_app.package.metadata import as_json, data_package, dcat, sha256
from streamlit_app.tables import Stamp

MANIFEST = "manifest.json"
FORM = 1  # of the manifest
TABLE_FORMATS = ("csv", "csv_norwegian", "parquet")  # one file for each table


def archive(contents: Contents) -> bytes:
    """The whole package as a zip."""
    written = files(contents)
    described = {
        **written,
        "datapackage.json": data_package(contents, written),
        "dcat.jsonld": dcat(contents, written),
    }
    return zipped({**described, MANIFEST: manifest(contents, described)})


def files(contents: Contents) -> dict[str, bytes]:
    """Document, workbook, and each table in every other format, by their path."""
    say = contents.view.say
    tables = [item.table for item in contents.items]
    numbered = [(f"{say('package.table')} {item.number}", item.table) for item in contents.items]
    written = {
        f"{say('package.document')}.docx": document(contents),
        f"{say('package.workbook')}.xlsx": workbook(numbered, contents.title, say),
    }
    for kind in TABLE_FORMATS:
        made = FORMATS[kind]
        for item, table in zip(contents.items, tables, strict=True):
            written[f"{kind}/{item.file_name}{made.ending}"] = made.write(table, say)
    return written


def manifest(contents: Contents, written: Mapping[str, bytes]) -> bytes:
    """What the package is from, what was chosen, and the hash of every other file in it."""
    release, choices = contents.view.release.manifest, contents.choices
    return as_json(
        {
            "package": FORM,
            "release_id": release["release_id"],
            "release_created_at": release["created_at"],
            "code": release["code"],
            "is_demonstration": release["is_demonstration"],
            "choices": {
                "goals": list(choices.goals),
                "tables": list(choices.kinds),
                "language": choices.lang,
            },
            "tables": [
                {"number": item.number, "name": item.file_name, "title": item.table.title}
                for item in contents.items
            ],
            "files": {path: sha256(data) for path, data in sorted(written.items())},
        }
    )


def zipped(written: Mapping[str, bytes]) -> bytes:
    """The files in the order given, without a clock."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for path, data in written.items():
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, data)
    return target.getvalue()


def package_name(contents: Contents) -> str:
    """The zip's name, which states what was chosen where that is not all, release and mark."""
    view, choices = contents.view, contents.choices
    stamp = Stamp(view.release.release_id, {}, view.is_demonstration)
    parts = [view.say("package.file")]
    if tuple(choices.goals) != GOALS:
        parts.append("-".join([view.say("package.goal"), *map(str, choices.goals)]))
    if tuple(choices.kinds) != KINDS:
        parts.append("-".join(choices.kinds))
    return file_name(parts, stamp, view.say, ".zip")
