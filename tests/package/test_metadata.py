"""The DCAT-AP-NO description, read by rdflib and held against what the profile makes mandatory."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, Namespace

SHAPES = Path(__file__).parent / "shapes.ttl"
SPDX = Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture
def graph(unpacked) -> Graph:
    """The description with its addresses resolved where it lies, as a reader resolves them."""
    path = unpacked / "dcat.jsonld"
    return Graph().parse(path, format="json-ld", publicID=path.as_uri())


def conforms(graph: Graph) -> bool:
    return bool(pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))[0])


def test_the_description_has_what_the_profile_makes_mandatory(graph):
    is_good, _, told = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert is_good, told


@pytest.mark.parametrize(
    "mandatory", [DCTERMS.title, DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCAT.accessURL]
)
def test_a_description_that_lacks_something_mandatory_is_found(graph, mandatory):
    graph.remove((None, mandatory, None))
    assert not conforms(graph)


def test_every_distribution_is_a_file_in_the_package_with_its_size(graph, unpacked):
    files = set()
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        path = Path(unquote(urlsplit(str(graph.value(one, DCAT.accessURL))).path))
        assert int(str(graph.value(one, DCAT.byteSize))) == path.stat().st_size
        files.add(path.relative_to(unpacked).as_posix())
    there = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.*")}
    assert files == there - {"manifest.json", "datapackage.json", "dcat.jsonld"}


def test_the_description_says_that_the_data_are_invented(graph):
    told = " ".join(str(text) for text in graph.objects(None, DCTERMS.description))
    assert "Demonstrasjonsdata" in told
