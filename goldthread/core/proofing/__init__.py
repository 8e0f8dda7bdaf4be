"""Proofing: a paper read as a clerk would read it. `proof` is the door."""

from goldthread.core.proofing.checks import CHECKS, proof
from goldthread.core.proofing.findings import Facts, Finding, PaperKind

__all__ = ["CHECKS", "Facts", "Finding", "PaperKind", "proof"]
