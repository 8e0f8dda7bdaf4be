"""The rows of performance."""

from goldthread.performance.models.areas import (
    Area,
    AreaAlias,
    AreaKind,
    ComparatorGroup,
    Population,
)
from goldthread.performance.models.charts import Rebase, RebaseOutcome, Release, ShownChart, ShownTo
from goldthread.performance.models.figures import (
    Break,
    BreakKind,
    Figure,
    Load,
    LoadStage,
    Narrative,
    Source,
    SourceKind,
    Stated,
)
from goldthread.performance.models.measures import (
    Definition,
    Framework,
    Measure,
    Membership,
    RuleChoice,
    Theme,
)
from goldthread.performance.models.promises import Commitment, Identification

__all__ = [
    "Area",
    "AreaAlias",
    "AreaKind",
    "Break",
    "BreakKind",
    "Commitment",
    "ComparatorGroup",
    "Definition",
    "Figure",
    "Framework",
    "Identification",
    "Load",
    "LoadStage",
    "Measure",
    "Membership",
    "Narrative",
    "Population",
    "Rebase",
    "RebaseOutcome",
    "Release",
    "RuleChoice",
    "ShownChart",
    "ShownTo",
    "Source",
    "SourceKind",
    "Stated",
    "Theme",
]
