"""Reasons: a cause within a message, said in the languages of messages, so that no message is half in another one."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from types import MappingProxyType

from dossierbuild.core.catalogue import Language


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so, in Dutch and in English; as a text it is the English one."""

    nl: str
    en: str

    def text(self, language: Language) -> str:
        """The reason in a language."""
        return self.nl if language is Language.NL else self.en

    def __str__(self) -> str:
        return self.en

    def at(self, where: object) -> Reason:
        """The reason behind the file or value that it is about."""
        return Reason(f"{where}: {self.nl}", f"{where}: {self.en}")


_OF_SYSTEM = MappingProxyType({
    errno.EACCES: "u hebt er geen toestemming voor",
    errno.EPERM: "u hebt er geen toestemming voor",
    errno.ENOENT: "dat bestaat niet",
    errno.ENOTDIR: "dat is geen map",
    errno.EISDIR: "dat is een map",
    errno.EEXIST: "dat bestaat al",
    errno.EINVAL: "dat is geen gewoon bestand",
    errno.EFBIG: "het bestand is te groot",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "uw ruimte op de schijf is op",
    errno.EROFS: "op deze schijf kan niet worden geschreven",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.ELOOP: "het is een koppeling, of koppelingen lopen in een kring",
    errno.EMFILE: "er zijn te veel bestanden open",
    errno.ENOMEM: "er is te weinig geheugen",
    errno.EIO: "de schijf geeft een fout",
    errno.EBUSY: "het is in gebruik",
    errno.EBADF: "het is gesloten",
    errno.EPIPE: "niemand leest verder",
})  # fmt: skip


def of_system(error: OSError) -> Reason:
    """Why the system refuses something; what has no Dutch here is quoted with its number."""
    english = error.strerror or str(error)
    dutch = _OF_SYSTEM.get(error.errno or 0, f"het systeem meldt fout {error.errno}, '{english}'")
    return Reason(dutch, english)
