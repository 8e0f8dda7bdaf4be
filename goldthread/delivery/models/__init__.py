"""What delivery keeps, one module a subject."""

from goldthread.delivery.models.links import LinkEvent, UpdateLink
from goldthread.delivery.models.priorities import (
    Approval,
    Lead,
    Priority,
    PriorityMeasure,
    PriorityVersion,
    Serves,
)
from goldthread.delivery.models.reminders import ReminderRule, ReminderSent, ReminderTo
from goldthread.delivery.models.reports import Report, ReportKind, ReportSource
from goldthread.delivery.models.updates import (
    Evidence,
    KeptUpdate,
    Period,
    PeriodLine,
    StatusScale,
    Update,
)
from goldthread.delivery.models.work import (
    Action,
    Change,
    Dependency,
    HandOver,
    Milestone,
    WorkImport,
)

__all__ = [
    "Action",
    "Approval",
    "Change",
    "Dependency",
    "Evidence",
    "HandOver",
    "KeptUpdate",
    "Lead",
    "LinkEvent",
    "Milestone",
    "Period",
    "PeriodLine",
    "Priority",
    "PriorityMeasure",
    "PriorityVersion",
    "ReminderRule",
    "ReminderSent",
    "ReminderTo",
    "Report",
    "ReportKind",
    "ReportSource",
    "Serves",
    "StatusScale",
    "Update",
    "UpdateLink",
    "WorkImport",
]
