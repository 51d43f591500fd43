"""What makes an editor complete keys, explain them and mark what is wrong: settings that name the schemas."""

from __future__ import annotations

import json
from pathlib import Path

from boardpack.new.put import put_new, refuse_existing
from boardpack.places import Options

_KINDS = ("board", "meeting", "minutes", "paper")
_COPIES = ".vscode/boardpack"


def editor(options: Options) -> list[Path]:
    """Write the settings of Visual Studio Code beside the papers, with copies of the schemas where none are near.

    Raises:
        UsageError: where there are settings already.
    """
    root = options.papers.resolve().parent
    near = options.schemas.resolve() == root / "schemas"
    folder = "schemas" if near else _COPIES
    wanted = {
        root / ".vscode" / "settings.json": json.dumps(_settings(folder, options.papers.name), indent=2) + "\n",
        root / ".vscode" / "extensions.json": json.dumps({"recommendations": ["redhat.vscode-yaml"]}, indent=2) + "\n",
    }
    for kind in () if near else _KINDS:
        name = f"{kind}.schema.json"
        wanted[root / _COPIES / name] = (options.schemas / name).read_text(encoding="utf-8")
    for path in wanted:
        refuse_existing(path)
    return [put_new(path, text) for path, text in wanted.items()]


def _settings(folder: str, papers: str) -> dict[str, object]:
    """The settings: which schema holds for which files, and how YAML is indented."""
    others = [f"!{papers}/*/*/{name}.yaml" for name in ("meeting", "minutes", "published")]
    return {
        "yaml.schemas": {
            f"{folder}/board.schema.json": f"{papers}/*/board.yaml",
            f"{folder}/meeting.schema.json": f"{papers}/*/*/meeting.yaml",
            f"{folder}/minutes.schema.json": f"{papers}/*/*/minutes.yaml",
            f"{folder}/paper.schema.json": [f"{papers}/*/*/*.yaml", *others],
        },
        "yaml.schemaStore.enable": False,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.wordWrap": "on"},
    }
