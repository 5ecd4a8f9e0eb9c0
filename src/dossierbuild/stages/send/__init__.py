"""Send: texts of a dossier become a Word document, from which what editors change can be brought back.

`word_document` makes it: `blocks` and `inlines` turn the tree of a text into one that pandoc writes, with bookmarks,
fields and pictures in it (`fields`, `drawings`); `styles` has the look; `package` puts all parts in one file.
"""

from dossierbuild.stages.send.document import Letter, SentText, Shown, word_document

__all__ = ["Letter", "SentText", "Shown", "word_document"]
