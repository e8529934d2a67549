"""dbt's documentation of the models, as one page that needs neither network nor server.

Belongs here: filling dbt's own page from the manifest that is parsed already.
Does not belong here: any description; those stand in dbt/models.

It is what `dbt docs generate --static` makes, without a second run of dbt, without the paths and
times of the machine, and so the same each time. The catalog would tell what the warehouse holds,
which is not protected: in its place stand the columns' types as the models declare them.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dagster_project.settings import Settings
from dagster_project.transform import dbt_runner

OF_THE_MACHINE = {"root_path", "created_at", "generated_at", "invocation_id", "user_id"}
OF_THE_MACHINE |= {"invocation_started_at", "run_started_at", "build_path", "compiled_path"}

# dbt's page can load a tracker; the browser is told to load nothing that is not in the page itself.
NO_NETWORK = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'unsafe-inline' 'unsafe-eval' data: blob:\">"
)


def documentation(settings: Settings) -> str:
    """The page as HTML, in English."""
    from dbt.task.docs import DOCS_INDEX_FILE_PATH

    manifest = dbt_runner.manifest(settings)
    page = Path(DOCS_INDEX_FILE_PATH).read_text(encoding="utf-8")
    page = page.replace("<head>", f"<head>{NO_NETWORK}", 1)
    for name, content in (
        ("MANIFEST", of_the_project(manifest)),
        ("CATALOG", declared(manifest["nodes"])),
    ):
        place = f'"{name}.JSON INLINE DATA"'
        if place not in page:
            raise dbt_runner.DbtCannotRun(f"dbt's page of documentation has no place for {name}")
        page = page.replace(place, in_script(content))
    return page


def of_the_project(content: Any) -> Any:
    """The content without what tells of the machine it was made on, and when."""
    if isinstance(content, dict):
        return {k: of_the_project(v) for k, v in content.items() if k not in OF_THE_MACHINE}
    if isinstance(content, list):
        return [of_the_project(one) for one in content]
    return content


def declared(nodes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A catalog of the types that the models declare, in the models' order of columns."""
    catalog = {
        unique_id: {
            "unique_id": unique_id,
            "metadata": {"type": node["config"]["materialized"], "name": node["name"]},
            "columns": {
                name: {"name": name, "index": index, "type": column["data_type"]}
                for index, (name, column) in enumerate(node["columns"].items(), start=1)
            },
            "stats": {},
        }
        for unique_id, node in nodes.items()
        if node["resource_type"] == "model" and node["config"]["contract"]["enforced"]
    }
    return {"metadata": {}, "nodes": catalog, "sources": {}, "errors": None}


def in_script(content: Any) -> str:
    """The content as JSON that can stand inside a page's script."""
    return json.dumps(content, sort_keys=True, default=str).replace("<", "\\u003c")
