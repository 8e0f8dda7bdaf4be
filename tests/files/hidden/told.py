"""What the leak check says of bytes, by code."""

from __future__ import annotations

from goldthread.core.problems import Problem
from goldthread.files.hidden import check


def told(content: bytes, name: str = "paper.docx") -> dict[str, Problem]:
    """Every problem by its code, of which there is one each."""
    problems = check(content, name)
    by_code = {problem.code: problem for problem in problems}
    assert len(by_code) == len(problems)
    for problem in problems:
        assert problem.where.strip(), problem
        assert problem.message.endswith("."), problem
    return by_code
