"""Markdown as the papers write it: its blocks as an element tree (``dialect``), its lines as spans (``spans``)."""
