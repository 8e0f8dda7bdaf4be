"""A plan with every kind of block, and the same plan after a revision."""

from __future__ import annotations

from dataclasses import replace

from goldthread.core.text import (
    Cell,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Prose,
    Row,
    Run,
    Runs,
    Section,
    Table,
    Text,
    Typed,
)

NOTE_KEY = "00000000-0000-4000-8000-0000000000aa"
NOTE = Run("", (Mark(MarkKind.NOTE_REFERENCE, NOTE_KEY),))


def key_of(number: int) -> str:
    """A key that is always the same for a number."""
    return f"00000000-0000-4000-8000-{number:012d}"


def words(*parts: str | Run) -> Runs:
    """Runs of plain words, and runs with marks as they are."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def marked(said: str, *kinds: MarkKind) -> Run:
    """Words with marks that point nowhere."""
    return Run(said, tuple(sorted(Mark(kind) for kind in kinds)))


def linked(said: str, address: str) -> Run:
    """Words that link to an address."""
    return Run(said, (Mark(MarkKind.LINK, address),))


def row(*cells: str, header: bool = False) -> Row:
    """A row of one-paragraph cells."""
    return Row(tuple(Cell((words(cell),), header) for cell in cells))


def paragraph(number: int, *parts: str | Run, numbered: bool = True, lang: str = "") -> Prose:
    """A paragraph with the key of a number."""
    return Prose(key_of(number), Kind.PARAGRAPH, words(*parts), numbered, lang)


def plan() -> Text:
    """Objective 1 with its engagement section, contacts without a number, and objective 2."""
    engagement = Section(
        key_of(2),
        "Community engagement",
        (
            paragraph(20, "Contact points open at times that suit people who work."),
            ListBlock(
                key_of(21),
                (
                    ListItem(words("libraries")),
                    ListItem(words("in towns"), 1, True),
                    ListItem(words("in villages"), 1, True),
                    ListItem(words("council offices")),
                ),
            ),
            ListBlock(key_of(22), (ListItem(words("third"), 0, True), ListItem(words("fourth"), 0, True)), 3),
            Prose(key_of(23), Kind.QUOTATION, words("Nobody ever came back to us.")),
        ),
    )
    access = Section(key_of(1), "An accessible constabulary", _access(), (engagement,))
    contacts = Section(key_of(3), "Contacts", _contacts(), (), False)
    second = Section(
        key_of(4),
        "Safer homes",
        (
            paragraph(40, "Mae pobl yn teimlo'n ddiogel.", lang="cy"),
            Typed(key_of(41), Kind.PLEDGE, words("Every victim is called back within two days.")),
            Typed(key_of(42), Kind.ACTION, words("Review repeat calls"), (("owner", "Chief Constable"),)),
            Typed(key_of(43), Kind.RECOMMENDATION, words("The board is asked to agree the review.")),
        ),
    )
    return Text("Police and Crime Plan 2013-16", (access, contacts, second))


def _access() -> tuple[Prose | Typed | Table | Figure, ...]:
    fields = (("baseline", "80%"), ("target", "85%"), ("by_when", "March 2015"))
    rows = (
        row("Year", "Calls", "Note", header=True),
        Row((Cell((words("2013"),)), Cell((words("1,200"),)), Cell((words("two years"),), rowspan=2))),
        Row((Cell((words("2014"),)), Cell((words("1,400"), words("and rising"))))),
    )
    easy = marked("easy", MarkKind.STRONG)
    link = linked("constabulary", "https://example.org/")
    return (
        paragraph(10, "People should find it ", easy, " to reach the ", link, ".", NOTE),
        Prose(NOTE_KEY, Kind.NOTE, words("Figures from 2013.")),
        Typed(key_of(11), Kind.PLEDGE, words("We will answer calls in time.")),
        Typed(key_of(12), Kind.KEY_MEASURE, words("Calls to 101 answered in time"), fields),
        paragraph(
            13, "Unnumbered, E = mc", marked("2", MarkKind.SUPERSCRIPT), "\non two lines.", numbered=False
        ),
        Table(key_of(14), rows, "Calls by year"),
        Figure(key_of(15), "0" * 64, "A map of contact points", words("Contact points, 2014")),
    )


def _contacts() -> tuple[Typed, ...]:
    person = (("name", "A. Officer"), ("role", "Policy officer"), ("email", "a.officer@example.org"))
    source = (("reference", "Item 8.0"), ("dated", "13 December 2018"))
    return (
        Typed(key_of(30), Kind.CONTACT, (), person),
        Typed(key_of(31), Kind.SOURCE_DOCUMENT, words("Board paper"), source),
    )


def revised() -> Text:
    """The plan with words, fields, cells and items changed, a paragraph and a section moved, one new."""
    before = plan()
    access, contacts, second = before.sections
    engagement = access.children[0]
    blocks = list(access.blocks)
    link = linked("constabulary", "https://example.org/")
    easy = marked("very easy", MarkKind.STRONG)
    blocks[0] = paragraph(10, "People should find it ", easy, " to reach the ", link, " at any hour.", NOTE)
    blocks[1] = Prose(NOTE_KEY, Kind.NOTE, words("Figures from 2014, revised."))
    blocks[3] = replace(blocks[3], fields=(("baseline", "80%"), ("target", "90%"), ("unit", "per cent")))
    table = blocks[5]
    changed = Row((Cell((words("2013"),)), Cell((words("1,250"),)), Cell((words("two years"),), rowspan=2)))
    longer = Row((Cell((words("2014"),)), Cell((words("1,400"), words("and rising"), words("fast")))))
    blocks[5] = replace(table, rows=(table.rows[0], changed, longer))
    listed = engagement.blocks[1]
    items = (listed.items[0], ListItem(words("post offices")), *listed.items[1:3])
    engaged = (second.blocks[0], engagement.blocks[0], replace(listed, items=items), engagement.blocks[2])
    engagement = replace(engagement, title="Engaging communities", blocks=engaged)
    promise = Typed(key_of(51), Kind.PLEDGE, words("A new pledge."))
    fresh = Section(key_of(5), "A wholly new section", (paragraph(50, "Every word of this is new."), promise))
    access = replace(access, blocks=tuple(blocks), children=(engagement,))
    second = replace(second, blocks=second.blocks[1:])
    return Text("Police and Crime Plan 2013-16, varied", (access, fresh, second, contacts))
