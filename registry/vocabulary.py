"""The register's closed words: environments, kinds, roles, statuses; stored as their values."""

from enum import StrEnum

# The languages of mails and of conversations.
LANGUAGES = ("fr", "en")
# In a draft, in the place of an organisation's id: the operator that the draft describes (S51).
NEW_OPERATOR = "new"


class Environment(StrEnum):
    """The two sites of TRACES NT; nothing is copied from one to the other (S01, S22)."""

    PRODUCTION = "production"
    TRAINING = "training"


class OrganisationKind(StrEnum):
    """The three choices of the first connection (S29)."""

    OPERATOR = "operator"
    CONTROL_BODY = "control_body"
    AUTHORITY = "authority"


class OrganisationStatus(StrEnum):
    """Where an organisation stands in the register (X19; Suspended and Rejected are our own)."""

    NEW = "New"
    VALID = "Valid"
    SUSPENDED = "Suspended"
    REJECTED = "Rejected"


class AuthorityRole(StrEnum):
    """The roles of authorities: CAFOP, CAOPL and CO in the guide (S29, S53), the rest from X25."""

    CAFOP = "CAFOP"
    CAOPL = "CAOPL"
    CO = "CO"
    CCA = "CCA"
    RCA = "RCA"
    LAU = "LAU"
    BCP = "BCP"


class OrganicSection(StrEnum):
    """The sections of the chapter Organic that can be chosen today (X23)."""

    DISTRIBUTION = "ORGANIC DISTRIBUTION"
    EXEMPTED_34_2 = "EXEMPTED-ART-34-2"
    EXEMPTED_35_8 = "EXEMPTED-ART-35-8"
    EXPORT = "ORGANIC EXPORT"
    EXPORTER = "ORGANIC EXPORTER"
    IMPORT = "ORGANIC IMPORT"
    IMPORTER = "ORGANIC IMPORTER"
    OPERATOR = "ORGANIC OPERATOR"
    PREPARATION = "ORGANIC PREPARATION"
    PRODUCER = "ORGANIC PRODUCER"
    PRODUCTION = "ORGANIC PRODUCTION"
    STORING = "ORGANIC STORING"
    TRADER = "ORGANIC TRADER"


class AuthorisationStatus(StrEnum):
    """Where an authorisation request stands (S58; Rejected, Cancelled and Removed are our own)."""

    REQUESTED = "Requested"
    VALID = "Valid"
    SUSPENDED = "Suspended"
    REJECTED = "Rejected"
    CANCELLED = "Cancelled"
    REMOVED = "Removed"


class IdentifierType(StrEnum):
    """What an operator's further identifier is (S47, X22)."""

    EORI = "EORI"
    VAT = "VAT"
    OTHER = "other"


class ContactKind(StrEnum):
    """The means of contact, one of which an operator gives (S45)."""

    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    WEBSITE = "website"


class Journey(StrEnum):
    """What a draft is entered for. A code is asked for one draft, so for one journey."""

    ACCESS_REQUEST = "access_request"
    OWN_REQUESTS = "own_requests"
    WITHDRAWAL = "withdrawal"
    DATA_EXPORT = "data_export"
    DATA_ERASURE = "data_erasure"
    RESUMPTION = "resumption"
    TICKET = "ticket"


class DraftStatus(StrEnum):
    """Whether what someone is entering can still change. Stored in `drafts.state`."""

    OPEN = "open"
    FILED = "filed"
    CANCELLED = "cancelled"


class TicketStatus(StrEnum):
    """Where a question to a person stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Speaker(StrEnum):
    """Who said a line of a conversation."""

    PERSON = "person"
    ASSISTANT = "assistant"


class ActorKind(StrEnum):
    """Who moves a record. All but the requester decide (S63, S64)."""

    REQUESTER = "requester"
    NATIONAL_AUTHORITY = "national_authority"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"
    COMMISSION = "commission"


class AuditedAct(StrEnum):
    """What may be done with a person's data. Stored in `audit.action`."""

    EXPORTED = "exported"
    ERASED = "erased"


class CodeOutcome(StrEnum):
    """What a typed code turned out to be."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"
    NONE_AWAITED = "none_awaited"
