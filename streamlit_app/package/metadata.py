"""What machines read of a package: a Frictionless data package, and DCAT-AP-NO as JSON-LD.

Belongs here: describing files that are written. Does not belong here: writing them (archive.py).
Sources: Data Package v1 (specs.frictionlessdata.io), DCAT-AP-NO 3 (data.norge.no/specification).
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from ruamel.yaml import YAML

from streamlit_app.catalogue import Say
from streamlit_app.export.cells import Sheet, heading_with_unit, sheet
from streamlit_app.export.files import FORMATS
from streamlit_app.package.contents import Contents, Item

PUBLISHER = Path(__file__).resolve().parent / "publisher.yml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {made.ending: made.media_type for made in FORMATS.values()} | {".docx": DOCX}
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
IANA = "https://www.iana.org/assignments/media-types/"
LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
EU_FILE_TYPE = {".csv": "CSV", ".xlsx": "XLSX", ".parquet": "PARQUET", ".docx": "DOCX"}
EU_LANGUAGE = {"nb": "NOB", "en": "ENG"}
CSV_RFC4180, CSV_NORWEGIAN = "csv", "csv_norwegian"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def sha256(data: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def as_json(content: Any) -> bytes:
    """JSON as people can read it, the same each time."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def data_package(contents: Contents, files: Mapping[str, bytes]) -> bytes:
    """datapackage.json: every file with its hash, and of the CSV files what each column holds.

    files: by their path in the package.
    """
    manifest = contents.view.release.manifest
    tables = {
        f"{kind}/{item.file_name}.csv": (item, kind)
        for item in contents.items
        for kind in (CSV_RFC4180, CSV_NORWEGIAN)
    }
    resources = []
    for path, data in files.items():
        resource: dict[str, Any] = {
            "name": re.sub(r"[^a-z0-9._-]", "-", path.lower().replace("/", "-")),
            "path": path,
            "type": "file",
            "mediatype": MEDIA_TYPES[PurePosixPath(path).suffix],
            "bytes": len(data),
            "hash": f"sha256:{sha256(data)}",
        }
        if path in tables:
            resource |= _tabular(*tables[path], contents.view.say)
        resources.append(resource)
    described = {
        "profile": "data-package",
        "name": f"tillitsmonitor-{manifest['release_id']}",
        "id": _identifier(contents),
        "title": contents.title,
        "description": _description(contents),
        "version": manifest["release_id"],
        "created": manifest["created_at"],
        "sources": [{"title": file["file"], "path": file["file"]} for file in _sources(contents)],
        "resources": resources,
    }
    return as_json(described)


def _tabular(item: Item, kind: str, say: Say) -> dict[str, Any]:
    """What a CSV file holds, column by column."""
    made, is_norwegian = sheet(item.table, say), kind == CSV_NORWEGIAN
    return {
        "profile": "tabular-data-resource",
        "type": "table",
        "title": item.table.title,
        "format": "csv",
        "encoding": "utf-8-sig" if is_norwegian else "utf-8",
        "dialect": {"delimiter": ";" if is_norwegian else ",", "lineTerminator": "\r\n"},
        "schema": {
            "fields": _fields(made, say, "," if is_norwegian else "."),
            "missingValues": ["", say("figure.withheld")] if is_norwegian else [""],
        },
    }


def _fields(made: Sheet, say: Say, point: str) -> list[dict[str, str]]:
    """Each column's name and type."""
    fields = []
    for place, column in enumerate(made.columns):
        field = {"name": heading_with_unit(column, say), "type": "string"}
        if column.kind == "date":
            field["type"] = "date"
        elif column.kind == "count" and all(not isinstance(row[place], float) for row in made.rows):
            field["type"] = "integer"
        elif column.kind != "text":
            field |= {"type": "number", "decimalChar": point}
        fields.append(field)
    return fields


def dcat(contents: Contents, files: Mapping[str, bytes]) -> bytes:
    """DCAT-AP-NO as JSON-LD: a catalogue of one data set with a distribution for each file.

    The files' addresses are relative: they lie beside the description.
    """
    manifest, lang = contents.view.release.manifest, contents.view.say.lang
    publisher = _publisher()
    agent = {
        "@id": publisher["uri"],
        "@type": "foaf:Agent",
        "foaf:name": {"@value": publisher["name"], "@language": "nb"},
        "dct:identifier": publisher["identifier"],
    }
    contact = {
        "@type": "vcard:Organization",
        "vcard:fn": {"@value": publisher["contact"]["name"], "@language": "nb"},
        "vcard:hasURL": {"@id": publisher["contact"]["url"]},
    }
    told = {
        "dct:title": {"@value": contents.title, "@language": lang},
        "dct:description": {"@value": _description(contents), "@language": lang},
        "dct:publisher": {"@id": publisher["uri"]},
        "dcat:contactPoint": contact,
    }
    issued = {"@value": manifest["created_at"], "@type": "xsd:dateTime"}
    dataset = {
        "@id": _identifier(contents),
        "@type": "dcat:Dataset",
        **told,
        "dct:identifier": _identifier(contents),
        "dct:issued": issued,
        "dct:language": {"@id": LANGUAGES + EU_LANGUAGE[lang]},
        "dct:accessRights": {"@id": publisher["access"]},
        "dcat:theme": {"@id": publisher["theme"]},
        "dcat:version": manifest["release_id"],
        "dcat:distribution": [_distribution(path, data, lang) for path, data in files.items()],
    }
    catalogue = {
        "@id": f"{_identifier(contents)}:catalogue",
        "@type": "dcat:Catalog",
        **told,
        "dcat:dataset": {"@id": _identifier(contents)},
    }
    return as_json({"@context": CONTEXT, "@graph": [agent, catalogue, dataset]})


def _distribution(path: str, data: bytes, lang: str) -> dict[str, Any]:
    """One file of the package."""
    ending = PurePosixPath(path).suffix
    return {
        "@id": f"{path}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": {"@value": path, "@language": lang},
        "dcat:accessURL": {"@id": path},
        "dcat:downloadURL": {"@id": path},
        "dct:format": {"@id": FILE_TYPES + EU_FILE_TYPE[ending]},
        "dcat:mediaType": {"@id": IANA + MEDIA_TYPES[ending]},
        "dcat:byteSize": {"@value": str(len(data)), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": sha256(data), "@type": "xsd:hexBinary"},
        },
    }


@cache
def _publisher() -> Mapping[str, Any]:
    """Who publishes, and whom to ask."""
    found: Mapping[str, Any] = YAML(typ="safe").load(PUBLISHER.read_text(encoding="utf-8"))
    return found


def _identifier(contents: Contents) -> str:
    """The release and the choices, as a name of the package's own."""
    choices = contents.choices
    goals = "".join(map(str, choices.goals))
    release_id = contents.view.release.release_id
    return f"urn:tillitsmonitor:{release_id}:{goals}:{'+'.join(choices.kinds)}:{choices.lang}"


def _description(contents: Contents) -> str:
    """What the package is, and the mark on demonstration data."""
    say = contents.view.say
    mark = [say("frame.demonstration")] if contents.view.is_demonstration else []
    return " ".join([say("package.about"), *mark])


def _sources(contents: Contents) -> Sequence[Mapping[str, Any]]:
    """The input files that the release was made from."""
    inputs: Sequence[Mapping[str, Any]] = contents.view.release.manifest["inputs"]
    return list({file["file"]: file for file in inputs}.values())
