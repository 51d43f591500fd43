"""Looking for withheld content in public files: the last proof before they are published.

The public edition is built from a copy of the papers in which withheld ones never stood, so that nothing can leak by a
fault of leaving out. That this is so is not believed but looked up: the files are opened again, and whatever the
withheld papers say and no public text does is sought in all of them.

    secrets(withheld, public, names) ─▶ Secrets ─ search(files) ─▶ every Leak

`words` is how texts are compared, `secrets` what of them must not be found, `own` what the program says by itself and
`computed` what tables add up to.
`opened` reads a file by what it holds: `markup` XML and HTML, `documents` PDF, `pictures` PNG and JPEG; `pieces` is
what they hand on. Nothing is believed searched that was not: what does not open is an :class:`UnsearchableError`.

What pictures show, and a figure of fewer than five digits by itself, is beyond this search.
"""

from boardpack.leaks.computed import computed as computed
from boardpack.leaks.opened import text_of as text_of
from boardpack.leaks.own import program_words as program_words
from boardpack.leaks.pieces import UnsearchableError as UnsearchableError
from boardpack.leaks.search import Leak as Leak
from boardpack.leaks.search import search as search
from boardpack.leaks.secrets import Secrets as Secrets
from boardpack.leaks.secrets import secrets as secrets
