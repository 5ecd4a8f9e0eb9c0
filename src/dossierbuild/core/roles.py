"""What people and organisations did for an edition besides writing it, and how records of others call that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ContributorRole(StrEnum):
    """What a contributor did; the value is what editors write in `role`, and behind `role_` the key of its word in
    styles/terms.yaml. Colophons have them in this order."""

    EDITOR = "editor"
    COPY_EDITOR = "copy-editor"
    RESEARCHER = "researcher"
    INTERVIEWER = "interviewer"
    DATA_COLLECTOR = "data-collector"
    DATA_MANAGER = "data-manager"
    PROJECT_LEADER = "project-leader"
    PROJECT_MEMBER = "project-member"
    SUPERVISOR = "supervisor"
    ADVISOR = "advisor"
    REVIEWER = "reviewer"
    FOREWORD = "foreword"
    TRANSLATOR = "translator"
    PHOTOGRAPHER = "photographer"
    ILLUSTRATOR = "illustrator"
    DESIGNER = "designer"
    COVER_DESIGNER = "cover-designer"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RoleCodes:
    """A role as others know it: the code of ONIX list 17, the MARC relator, and DataCite's contributorType."""

    onix: str
    marc: str
    datacite: str


# https://ns.editeur.org/onix/en/17, https://id.loc.gov/vocabulary/relators, DataCite Metadata Schema 4.6, 7.a,
# which has translators since that version.
ROLE_CODES = MappingProxyType(
    {
        ContributorRole.EDITOR: RoleCodes("B01", "edt", "Editor"),
        ContributorRole.COPY_EDITOR: RoleCodes("B16", "edt", "Editor"),
        ContributorRole.RESEARCHER: RoleCodes("A51", "res", "Researcher"),
        ContributorRole.INTERVIEWER: RoleCodes("A43", "ivr", "DataCollector"),
        ContributorRole.DATA_COLLECTOR: RoleCodes("A32", "dtc", "DataCollector"),
        ContributorRole.DATA_MANAGER: RoleCodes("A32", "dtm", "DataManager"),
        ContributorRole.PROJECT_LEADER: RoleCodes("B15", "pdr", "ProjectLeader"),
        ContributorRole.PROJECT_MEMBER: RoleCodes("A32", "rtm", "ProjectMember"),
        ContributorRole.SUPERVISOR: RoleCodes("B27", "ths", "Supervisor"),
        ContributorRole.ADVISOR: RoleCodes("B20", "csl", "Other"),
        ContributorRole.REVIEWER: RoleCodes("B29", "rev", "Other"),
        ContributorRole.FOREWORD: RoleCodes("A23", "wfw", "Other"),
        ContributorRole.TRANSLATOR: RoleCodes("B06", "trl", "Translator"),
        ContributorRole.PHOTOGRAPHER: RoleCodes("A13", "pht", "Other"),
        ContributorRole.ILLUSTRATOR: RoleCodes("A12", "ill", "Other"),
        ContributorRole.DESIGNER: RoleCodes("A11", "bkd", "Other"),
        ContributorRole.COVER_DESIGNER: RoleCodes("A36", "cov", "Other"),
        ContributorRole.CONTACT: RoleCodes("Z98", "ctb", "ContactPerson"),
        ContributorRole.OTHER: RoleCodes("Z98", "ctb", "Other"),
    }
)
