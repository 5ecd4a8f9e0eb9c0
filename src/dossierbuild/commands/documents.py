"""Word documents that are named on the command line."""

from __future__ import annotations

from types import MappingProxyType

from dossierbuild.commands.files import read_named_file
from dossierbuild.core.problems import Checked, Place, Problem, problem
from dossierbuild.core.reasons import Reason
from dossierbuild.core.word import Changes, Document
from dossierbuild.tools.docx import DocxError, DocxFault, read_document

_OTHER = MappingProxyType(
    {
        DocxFault.OTHER_FORMAT: Reason("het is van een andere soort", "it is of another kind"),
        DocxFault.OLD_WORD: Reason(
            "het is een .doc van een oude Word, of het heeft een wachtwoord",
            "it is a .doc of an old Word, or it has a password",
        ),
        DocxFault.MACROS: Reason("er zitten programma's (macro's) in", "it holds programs (macros)"),
        DocxFault.TEMPLATE: Reason("het is een sjabloon", "it is a template"),
    }
)


def read_named_document(name: str, changes: Changes = Changes.ACCEPT) -> Checked[Document]:
    """A Word document that was named on the command line, with its tracked changes accepted or rejected.

    D117, D119: it is not there, or too large. D945: it is of another kind. D946: it is more than an honest document.
    D947: it is damaged.
    """
    file = read_named_file(name)
    if file.value is None:
        return Checked(None, file.problems)
    try:
        return Checked(read_document(file.value.data, changes))
    except DocxError as error:
        return Checked(None, (_refused(error, Place(file.value.path)),))


def _refused(error: DocxError, place: Place) -> Problem:
    reason = _OTHER.get(error.fault) or _excess(error)
    if error.fault in _OTHER:
        return problem("D945", place, reason=reason)
    if error.fault is DocxFault.BROKEN:
        return problem("D947", place, part=error.part or "zip", text=error.value)
    return problem("D946", place, reason=reason)


def _excess(error: DocxError) -> Reason:
    """What of a document is more than an honest one has."""
    if error.fault is DocxFault.PARTS:
        return Reason(f"het bestaat uit {error.value} delen", f"it has {error.value} parts")
    if error.fault is DocxFault.PACKED:
        return Reason(
            f"{error.part} is uitgepakt {error.value} keer zo groot",
            f"{error.part} is {error.value} times larger unpacked",
        )
    return Reason("het is uitgepakt te groot", "it is too large unpacked").at(error.part or "docx")
