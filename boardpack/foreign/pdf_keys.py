"""The keys of PDF dictionaries that say how a page looks (ISO 32000-1): the allow-list of what is copied.

Each key may stand in every dictionary: a font has no `/Width` to lose, and one list is easier to judge than thirty.
What is not here stays behind, among it `/A`, `/AA`, `/AF`, `/Alternates`, `/Annots`, `/EF`, `/F` (a file
outside), `/JS`, `/Metadata`, `/OC`, `/OPI`, `/PieceInfo`, `/Properties`, `/PS`, `/Ref` and `/StructParents`.
"""

from __future__ import annotations

NAMES = frozenset(("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font"))
"""The entries of a resource dictionary that hold names (7.8.3)."""

_STREAM = """
    Length Filter DecodeParms Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows
    EndOfBlock BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform
"""
_FORM = "Type Subtype FormType BBox Matrix Resources Group S CS I"
_IMAGE = "Width Height ColorSpace Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte"
_STATE = """
    LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM CA ca AIS TK G BC
    HalftoneType HalftoneName Frequency Angle SpotFunction AccurateScreens TransferFunction Xsquare Ysquare Default
"""
_COLOUR = """
    WhitePoint BlackPoint Gamma N Alternate Range Colorants Process Components MixingHints Solidities DotGain
    PrintingOrder
"""
_FUNCTION = "FunctionType Domain Size BitsPerSample Order Encode C0 C1 Functions Bounds"
_PATTERN = """
    PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background AntiAlias Coords Function
    Extend BitsPerCoordinate BitsPerFlag VerticesPerRow
"""
_FONT = """
    Name BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo Registry
    Ordering Supplement DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs FontName FontFamily FontStretch FontWeight
    Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile
    FontFile2 FontFile3 CharSet Style Panose FD CIDSet Length1 Length2 Length3 BaseEncoding Differences CMapName WMode
    UseCMap
"""
KEPT = frozenset(
    f"/{key}"
    for group in (_STREAM, _FORM, _IMAGE, _STATE, _COLOUR, _FUNCTION, _PATTERN, _FONT)
    for key in group.split()
)
