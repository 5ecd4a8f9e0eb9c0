"""Formulas: LaTeX's notation for mathematics read into a tree, and what is made of that tree.

`signs` has the commands that can be set, `reading` reads a formula, `mathml` writes it for pages, `plain` as a line of
text for headings and lists, `speech` as words for those who listen.
"""
