"""The pieces of the page: Jinja2 templates beside this file, everything in them escaped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from boardpack.due.words import distance
from boardpack.model.dates import long_date, short_date
from boardpack.preview.wording import in_words

HERE = Path(__file__).parent

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals |= {"distance": distance}
_ENVIRONMENT.filters |= {"long_date": long_date, "short_date": short_date, "in_words": in_words}


def fill(name: str, values: Mapping[str, object]) -> str:
    """A template with these values in it."""
    return _ENVIRONMENT.get_template(name).render(values)
