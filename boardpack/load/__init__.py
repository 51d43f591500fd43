"""The papers folder -> values: files to trees (``read``), trees to boards and meetings (``assemble``).

Between the two stands the schema check of ``validate``, which needs the trees only.
"""

from boardpack.load.assemble import Assembled, assemble
from boardpack.load.read import Library, read

__all__ = ["Assembled", "Library", "assemble", "read"]
