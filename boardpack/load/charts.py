"""A chart of a paper -> Chart."""

from __future__ import annotations

from boardpack.diagnostics import Place
from boardpack.load.fields import Fields
from boardpack.model.chart import Chart
from boardpack.model.text import Text


def build_chart(id: str, at: Place, fields: Fields) -> Chart:
    """The chart under an id; whether its table has what it draws is for the rules."""
    return Chart(
        id=id,
        at=at,
        table=_word(fields, "table"),
        kind=fields.string("kind"),
        x=_word(fields, "x"),
        y=tuple(Text(text.value.strip(), text.at) for text in fields.texts("y")),
        title=fields.text("title"),
        alt=fields.string("alt"),
    )


def _word(fields: Fields, key: str) -> Text:
    return Text(fields.string(key), fields.place(key) or fields.at)
