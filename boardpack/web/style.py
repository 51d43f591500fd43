"""The stylesheet of the pages: one for all, then each house's colour and the colours of its ratings."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from boardpack.model.board import Board
from boardpack.model.colour import channels, darkened, luminance
from boardpack.web.tables import shade

_DARK_PAGE = "15181A"
"""The page in the dark, as the stylesheet has it."""
_CONTRAST = 5.5
"""Of links with the page; the least that WCAG 2.2 allows is 4.5 (1.4.3), and links stand on a tint too."""


def stylesheet(houses: Iterable[tuple[Board, str]] = ()) -> str:
    """The stylesheet for the pages of these boards, each with the accent colour of its house (RRGGBB, or empty)."""
    known = list(houses)
    accents = "".join(_accent(board.id, colour) for board, colour in known if colour)
    ratings = {shade(rating): rating.colour.lstrip("#").upper() for board, _ in known for rating in board.ratings}
    shades = "".join(
        f".{name} {{ background: #{colour}; color: #{_ink(colour)}; }}\n" for name, colour in sorted(ratings.items())
    )
    return "\n".join((static("page.css"), accents + shades))


def static(name: str) -> str:
    """A file that is served as it is."""
    return (files("boardpack.web") / "static" / name).read_text(encoding="utf-8")


def _accent(board: str, colour: str) -> str:
    light, dark = darkened(colour, _CONTRAST), _lightened(colour)
    rule = f'body[data-board="{board}"] {{{{ --accent: #{{}}; }}}}'
    return (
        f"@media screen {{ {rule.format(light)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ {rule.format(dark)} }}\n"
    )


def _lightened(colour: str) -> str:
    """The nearest lighter shade that stands out from the dark page."""
    behind = luminance(_DARK_PAGE) + 0.05
    for share in range(101):
        shade = "".join(f"{value + (255 - value) * share // 100:02X}" for value in channels(colour))
        if (luminance(shade) + 0.05) / behind >= _CONTRAST:
            return shade
    return "FFFFFF"


def _ink(fill: str) -> str:
    """Black or white, whichever stands out more (WCAG 2.2, contrast ratio)."""
    return "000000" if (luminance(fill) + 0.05) ** 2 > 0.05 * 1.05 else "FFFFFF"
