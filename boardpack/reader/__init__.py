"""A Word report -> plain values: its paragraphs, lists, tables, pictures and notes, and what is none of these.

Nothing in the file is run, followed or expanded: no macro, no link to another file, no field is worked out, no
document type is read. Sizes are held against limits before anything is unpacked. Of tracked changes the accepted
state is read; what a reader of the page does not see (comments, hidden words) is not read as text.
"""

from boardpack.reader.body import read
from boardpack.reader.values import Block, Cell, Lost, Marker, Paragraph, Picture, Piece, Report, Row, Table

__all__ = ["Block", "Cell", "Lost", "Marker", "Paragraph", "Picture", "Piece", "Report", "Row", "Table", "read"]
