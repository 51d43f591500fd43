"""WordprocessingML: text, fields, numbering, tables, sections, templates and the package. Plain values in, XML out."""
