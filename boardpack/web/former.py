"""The present site -> the page of a part as it went out, for a time in which its papers say something else.

What is new goes out with a supplement, and until then the page stays as it is: a page does not go from the site because
somebody has begun to write.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from boardpack.html.markup import words
from boardpack.web.page import DATA
from boardpack.web.shown import Former

_ARTICLE = re.compile(r"<article.*</article>", re.DOTALL)
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_ADDRESS = re.compile(r'(?:src|href)="([^"#:]+)"')


def former(page: str, key: str, files: Mapping[str, bytes]) -> Former | None:
    """A part of the pack by the path of its page and its key, from a site's files; ``None`` where they have no page."""
    html = files.get(page, b"").decode()
    article, title = _ARTICLE.search(html), _TITLE.search(html)
    if article is None or title is None:
        return None
    folder = posixpath.dirname(page)
    named = (posixpath.normpath(posixpath.join(folder, unquote(each))) for each in _ADDRESS.findall(article[0]))
    own = {path: files[path] for path in named if path in files and not path.endswith(".html")}
    data = json.loads(files.get(f"{folder}/{DATA}", b"{}")).get("papers", ())
    return Former(article[0], words(title[1]), own, next((each for each in data if each["id"] == key), None))
