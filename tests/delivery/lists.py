"""Lists of actions as offices keep them: merged cells, days in three forms, owners by initials."""

from __future__ import annotations

from datetime import date

from tests.files.sheets.books import xlsx

HEADINGS = ("Priority", "Ref", "Action", "Owner", "Due", "Milestone", "Milestone due", "Cost", "Status")
AS_KEPT = xlsx(
    {
        1: ("Police and Crime Plan: delivery of the priorities, 2014-15",),
        3: HEADINGS,
        4: (
            "V1 Hear from a named person",
            "V1.4",
            "Agree how case notes are shared",
            "SH",
            date(2014, 12, 31),
        ),
        5: (None, None, None, None, None, "The agreement is drafted", "30/09/2014"),
        6: (None, None, None, None, None, "The agreement is signed", "Nov-14"),
        7: (
            None,
            None,
            "Say who calls, and when",
            "Performance Analyst",
            "31/03/2015",
            None,
            None,
            "£12,500",
        ),
        8: (None, None, "Train everybody who calls", "AB / RD", "Q4", None, None, "from the training budget"),
        9: ("V2 Waiting for court",),
        10: (None, None, "Open a waiting room", "Victims’ Hub", "tbc", None, None, None, "In progress"),
        11: (None, None, "Open a waiting room", "Victims’ Hub", "tbc", None, None, None, "In progress"),
        13: ("Any questions to the Governance Officer",),
    },
    merged=("A1:I1", "A4:A8", "B4:B6", "C4:C6", "D4:D6", "E4:E6", "A9:I9", "A13:I13"),
    tabs=(("Action plan", "visible"),),
)
"""Eight rows to be read: four actions, two milestones, one row twice; a title, a heading and a note."""

WITH_FAULTS = xlsx(
    {
        1: ("Priority", "Action", "Lead", "Start", "By when", "Weighting", "Completed"),
        2: ("V1", "Agree how case notes are shared", "SH", "01/10/2014", "31/12/2014", 2, None),
        3: ("V9", "Something for a priority that is not there", "SH", None, "31/12/2014", 1, None),
        4: ("V1", "Write the list", "SH", None, "12/31/2014", 1, None),
        5: ("V1", "Call within two days", "SH", "01/12/2014", "01/11/2014", 1, None),
        6: ("V1", "Tell the panel", "SH", None, "31/12/2014", "high", None),
        7: ("V1", "Agree how case notes are shared", "AB", None, "31/01/2015", 2, None),
        8: ("V1", "Close the old line", "SH", None, "31/12/2014", 1, "Yes"),
        9: ("V1", "An action of another century", "SH", None, "31/12/1914", 1, None),
        10: ("V1", "x" * 301, "SH", None, None, 1, None),
    },
    tabs=(("Sheet1", "visible"),),
)
"""One row that can be taken in, and eight that cannot, each for a reason of its own."""

TWO_HEADING_ROWS = xlsx(
    {
        2: ("Action", "Lead officer", "Dates", None, "Milestones", None),
        3: (None, None, "Start", "Due", "Milestone", "Milestone due"),
        4: (
            "Agree how case notes are shared",
            "Chief Constable",
            "April",
            "end of September",
            "Half",
            "Q1 2014/15",
        ),
    },
    merged=("A2:A3", "B2:B3", "C2:D2", "E2:F2"),
)

FILLED_DOWN = (
    b"Priority,Action,Owner,Due date,Milestone,Milestone date\r\n"
    b"V1,Agree how notes are shared,SH,2014-12-31,Drafted,2014-09-30\r\n"
    b"V1,Agree how notes are shared,SH,2014-12-31,Signed,30 November 2014\r\n"
    b"V2,Agree how notes are shared,SH,2014-12-31,,\r\n"
)
"""A CSV file that repeats an action for each of its milestones, and has one of its name elsewhere."""

HOSTILE = xlsx(
    {
        1: ("Priority", "Action", "Owner", "Due"),
        2: ("V1", '=HYPERLINK("http://example.com","Press")', "<img src=x onerror=alert(1)>", "31/12/2014"),
        3: ("V1", "<script>alert(1)</script>", "@SUM(A1)", "#REF!"),
        4: ("V1", "A name\u202ewith a turn", "+cmd|' /C calc'!A0", "31/12/2014"),
    },
    merged=("A1:XFD1048576", "A2:A1048576", "C2:XFD1048576"),
)
"""A workbook that means harm: formulas, markup, signs that turn words round, merged ranges without end."""
