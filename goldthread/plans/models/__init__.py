"""The rows of plans."""

from goldthread.plans.models.documents import Document, DocumentKind, Edition
from goldthread.plans.models.gates import Bundle, ChangeRequest, GateEvidence
from goldthread.plans.models.imports import FileImport, ImportStage
from goldthread.plans.models.links import CrossReference, Pin
from goldthread.plans.models.pages import RenderedPage
from goldthread.plans.models.sections import (
    How,
    KeptDraft,
    Placement,
    SectionCare,
    SectionChange,
    SectionVersion,
)

__all__ = [
    "Bundle",
    "ChangeRequest",
    "CrossReference",
    "Document",
    "DocumentKind",
    "Edition",
    "FileImport",
    "GateEvidence",
    "How",
    "ImportStage",
    "KeptDraft",
    "Pin",
    "Placement",
    "RenderedPage",
    "SectionCare",
    "SectionChange",
    "SectionVersion",
]
