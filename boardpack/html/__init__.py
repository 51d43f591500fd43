"""HTML as strings: Markdown (``prose``), tables (``tables``), elements and what must be escaped in them (``markup``).

Plain values in, HTML out. The words are those that :mod:`boardpack.word` writes for the same values, in the same order;
a test holds the two side by side.
"""
