"""dossierbuild: one set of sources in, the same dossier out in three shapes and three formats.

The pipeline, in order; each verb is a module in `stages/`, and `pipeline.py` calls them:

    read -> parse -> check -> compose -> cite -> number -> render -> verify -> distribute

- read: the dossier's folder and the styles become `Files`, a snapshot; nothing later looks at the disk.
- parse: texts, panels, data and references become typed values, each with its place.
- check: rules over the sources; every problem with a code, a place and a hint.
- compose: chapters, summary and panels become publications: parts, ids, numbers, contents, cross-references.
- cite: all citations of all publications are resolved in one run; each gets the list of what it cites.
- number: notes are numbered through each publication and set at the end of their part.
- render: each publication becomes HTML, PDF and EPUB from the same bodies.
- verify: the built files are opened again and held against the publications.
- distribute: the verified set is put in place, whole or not at all.
"""

__version__ = "0.1.0"
