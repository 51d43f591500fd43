"""Short papers that each end in another way: whatever stands last, the end of the paper must be found."""

from __future__ import annotations

from pathlib import Path

from printing import agenda, paper
from random_meeting import png
from reading import write

_TABLE = "tables:\n  a: {caption: Wide, columns: [{key: a, label: A}], rows: [[x]]}\n"
_LANDSCAPE = _TABLE.replace("caption: Wide", "caption: Wide, landscape: true")
ENDINGS = {
    "reference": 'sections: [{text: "See [](item:list)"}]\n',
    "link": 'sections: [{text: "[Site](https://example.org)"}]\n',
    "footnote": 'sections: [{text: "A note[^a]\\n\\n[^a]: Words."}]\n',
    "list": 'sections: [{text: "- a\\n- b"}]\n',
    "cell-with-footnote": 'sections: [{text: "| a |\\n|---|\\n| b[^n] |\\n\\n[^n]: Note."}]\n',
    "code": 'sections: [{text: "    code & <x>\\n    more"}]\n',
    "quotation": 'sections: [{text: "> quoted"}]\n',
    "right-to-left": "sections: [{text: '\u05e9\u05dc\u05d5\u05dd'}]\n",
    "heading": "sections: [{heading: A heading}]\n",
    "heading-with-reference": 'sections: [{heading: "See [](section:x)", id: x}]\n',
    "table": _TABLE,
    "landscape-table": _LANDSCAPE,
    "landscape-note": _LANDSCAPE.replace("[[x]]", '[[x]], note: "As [](table:a) says"'),
    "landscape-paper": "landscape: true\n" + _LANDSCAPE,
    "address": "contact: {name: A, email: a@example.org}\n",
    "picture": 'sections: [{text: "![a](map.png)"}]\n',
    "picture-appendix": "appendices: [{id: m, title: Map, file: map.png}]\n",
    "paper-appendix": "appendices: [{id: m, title: Table, paper: landscape-table}]\n",
    "title-alone": "",
    "recommendation": 'recommendations: ["Do it."]\n',
    "rule": 'sections: [{text: "a\\n\\n---"}]\n',
    "line-break": 'sections: [{text: "a  \\nb"}]\n',
}


def write_endings(papers: Path) -> Path:
    """Write the papers; return the meeting's folder."""
    lines = "\n".join(f"- paper: {id}" for id in ENDINGS)
    bodies = {f"{id}.yaml": paper(body, title=id.capitalize()) for id, body in ENDINGS.items()}
    write(papers, meeting=agenda(lines), **bodies, **{"map.png": png(60, 40)})
    meeting = papers / "partnership" / "2010-03-11"
    (meeting / "funding.yaml").unlink()
    return meeting
