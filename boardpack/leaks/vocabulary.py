"""Words that mean something to a file format or to the program, and nothing of what a file says."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STRUCTURE = _words(
    """
    Alpha Annot Art Artifact Aside BibEntry BlockQuote Caption Code D Div Document DocumentFragment Em FENote Figure
    Form Formula GoTo GoToR H H1 H2 H3 H4 H5 H6 Hide ImportData Index JavaScript L LBody LI Launch Lbl Link
    Luminosity Movie Named NonStruct Note P Part Private Quote R RB RP RT Reference Rendition ResetForm Ruby Sect
    Sound Span Standard Strong Sub SubmitForm TBody TD TFoot TH THead TOC TOCI TR Table Thread Title Transition
    Transparency URI WP WT Warichu
    """
)
"""What PDF calls structure elements, actions and transitions by itself (14.8.4, 12.6.4)."""

WITHIN_PARAGRAPHS = _words(
    """
    r t rPr rPrChange pPr pPrChange hyperlink ins del moveFrom moveTo smartTag sdt sdtContent sdtPr sdtEndPr
    bookmarkStart bookmarkEnd proofErr permStart permEnd commentRangeStart commentRangeEnd commentReference fldChar
    fldSimple lastRenderedPageBreak softHyphen delText footnoteReference endnoteReference annotationRef fld rPh
    moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd
    """
)
"""Elements of Office XML that hold or accompany pieces of one text; Word divides words between them at will."""

SPEAKING_ATTRIBUTES = _words(
    """
    name descr title alt tooltip author initials instr content value href src anchor label aria-label text
    placeholder formula1 location display display_name userName target
    """
)
"""Attributes in which a number is something that somebody wrote, and no measure."""

WITHIN_LINES = _words(
    """
    a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strong sub sup time u var wbr
    """
)
"""Elements of HTML in the midst of a line."""

FORMAT_NAMES = _words(
    """
    annotation annotations appearance application attributes background bookmarks characters colorspace
    compatibility conformance contenttype definition description destination destinations dictionary encryption
    fontdescriptor horizontal identifier information luminosity orientation pagination permissions presentation
    properties relationship relationships separation spreadsheet spreadsheetml stylesheet thumbnails transformation
    transparency typography worksheet worksheets xobject
    """
)
"""Long words that stand in files of any content, as names of XML elements and PDF entries."""

BESIDE_FIGURES = _words(
    """
    a an and appendices appendix around at by chart charts clear column day days figure figures footnote for from in
    item items late meeting minute minutes note number of on or page pages paragraph paragraphs part parts per
    percent report row section sections supplement table tables the to until version with yes january february march
    april may june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday
    """
)
"""What the program, or anybody, says beside a computed figure or date."""

DAYS_AND_MONTHS = _words(
    """
    january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    """
)
"""A row of words with one of these may be a computed date."""
