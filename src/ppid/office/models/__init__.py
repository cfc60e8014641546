"""The tables of the office. `Event` is the truth; the others are projections of it.

`Act` (double-click guard) and `Draft` (unsaved work) are conveniences: no record rests on them.
"""

from ppid.office.models.archive import ArchiveEntry
from ppid.office.models.backups import Backup
from ppid.office.models.bodies import Agency, Body
from ppid.office.models.calendar import CalendarChange, CalendarDecree, Week
from ppid.office.models.cases import Case, Task
from ppid.office.models.channels import Channel, ChannelDelivery
from ppid.office.models.decisions import Approval, Determination, DeterminationLine
from ppid.office.models.deliberations import Deliberation, ItemViews, Team
from ppid.office.models.destructions import Destruction
from ppid.office.models.editions import Edition
from ppid.office.models.fixity import Fixity, FixityWish
from ppid.office.models.items import ConsequenceTest, Item
from ppid.office.models.legacy import ImportedEntry, ListImport
from ppid.office.models.log import (
    Act,
    Checkpoint,
    Cosignature,
    Draft,
    Event,
    KeeperState,
    Log,
)
from ppid.office.models.papers import OfficePaper, PaperFile, PaperRevision, SigningRules
from ppid.office.models.people import Account, Appointment, Mandate, Person
from ppid.office.models.public_list import PublicListEntry
from ppid.office.models.redactions import PublicCopy
from ppid.office.models.requests import InformationRequest, Objection, RequestedItem
from ppid.office.models.sops import SopVersion
from ppid.office.models.store_room import Loan, Place, StockTake
from ppid.office.models.tokens import ApiToken, TokenUse
from ppid.office.models.vault import CopyReading, SoftCopy, VaultKeys

PROJECTED = (
    Body,
    Agency,
    CalendarDecree,
    Week,
    CalendarChange,
    Person,
    Account,
    Appointment,
    Mandate,
    SopVersion,
    Case,
    Task,
    Item,
    ConsequenceTest,
    Team,
    Deliberation,
    ItemViews,
    Approval,
    Determination,
    DeterminationLine,
    Place,
    ArchiveEntry,
    Loan,
    StockTake,
    Destruction,
    Edition,
    ListImport,
    ImportedEntry,
    InformationRequest,
    RequestedItem,
    Objection,
    PublicListEntry,
    VaultKeys,
    SoftCopy,
    Fixity,
    FixityWish,
    Backup,
    SigningRules,
    OfficePaper,
    PaperRevision,
    CopyReading,
    PublicCopy,
    Channel,
    ApiToken,
)

__all__ = [
    "PROJECTED",
    "Account",
    "Act",
    "ApiToken",
    "Agency",
    "Appointment",
    "Approval",
    "ArchiveEntry",
    "Backup",
    "Body",
    "CalendarChange",
    "CalendarDecree",
    "Case",
    "Channel",
    "ChannelDelivery",
    "Checkpoint",
    "Cosignature",
    "ConsequenceTest",
    "CopyReading",
    "Deliberation",
    "Destruction",
    "Determination",
    "DeterminationLine",
    "Draft",
    "Edition",
    "Event",
    "Fixity",
    "FixityWish",
    "ImportedEntry",
    "InformationRequest",
    "Item",
    "ItemViews",
    "KeeperState",
    "ListImport",
    "Loan",
    "Log",
    "Mandate",
    "Objection",
    "OfficePaper",
    "PaperFile",
    "PaperRevision",
    "Person",
    "Place",
    "PublicCopy",
    "PublicListEntry",
    "RequestedItem",
    "SigningRules",
    "SoftCopy",
    "SopVersion",
    "StockTake",
    "Task",
    "Team",
    "TokenUse",
    "VaultKeys",
    "Week",
]
