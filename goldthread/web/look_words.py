"""The invented words of the style pages."""

from django.urls import reverse_lazy
from django.utils.html import format_html

from goldthread.web.templatetags.web import status

NEW = status("New", "good")

ROWS = [
    {"term": "Owner", "value": "Head of Victim Services", "href": "#owner", "action": "Change"},
    {"term": "Next review", "value": "4 May 2026", "href": "#review", "action": "Change"},
    {"term": "Edition", "value": "Third, issued 28 February 2017"},
]
TASKS = [
    {
        "title": "Read the file",
        "hint": "12 sections, 3 things not carried over",
        "href": "#read",
        "status": "Done",
    },
    {"title": "Approve each section", "href": "#approve", "status": "2 left", "tone": "warn"},
    {
        "title": "Record the decision",
        "hint": "Opens when all sections are approved",
        "status": "Cannot start yet",
    },
]
FIGURES = [
    ("2", "sections new"),
    ("3", "changed"),
    ("0", "removed"),
    ("412", "words in, 187 out"),
    ("18", "actions and outcomes no longer shown"),
]
COLUMNS = [
    {"name": "Section"},
    {"name": "Change"},
    {"name": "Words in", "number": True},
    {"name": "Words out", "number": True},
    {"name": "Approved"},
]


def _link(words: str) -> str:
    return format_html('<a href="#three">{}</a>', words)


TABLE = [
    [_link("1 Introduction"), "Changed", "61", "48", "approval stands"],
    [_link("2 Community engagement"), NEW, "154", "0", "needs approval"],
    [
        _link("3 An accessible and responsive constabulary"),
        "Changed, was 2; one paragraph moved from 4",
        "88",
        "97",
        "needs approval",
    ],
    [_link("4 Visible policing"), "Changed, was 3", "31", "42", "approval stands"],
    [_link("5 A professional team"), NEW, "1,078", "0", "needs approval"],
]
CALLS = "Calls to 101 will be answered within"
SIDES = [
    {
        "heading": "What you wrote",
        "said": "not yet saved, 14:05",
        "html": format_html("<p>{} <ins>{}</ins> {}</p>", CALLS, "twenty", "seconds."),
        "action": format_html('<button class="govuk-button" type="button">{}</button>', "Keep mine"),
    },
    {
        "heading": "What K Frost saved",
        "said": "today at 14:03",
        "html": format_html(
            "<p>{} <del>{}</del> <ins>{}</ins> {}</p>", CALLS, "thirty", "fifteen", "seconds."
        ),
        "action": format_html(
            '<button class="govuk-button govuk-button--secondary" type="button">{}</button>', "Keep theirs"
        ),
    },
]
BLOCKS = [
    {
        "kind": "pledge",
        "label": "Pledge 2",
        "words": "Every victim who asks for help will hear from a named person within two working days.",
    },
    {
        "kind": "key_measure",
        "label": "Key measure 1.2",
        "words": "Calls to 101 answered within twenty seconds",
        "fields": [
            ("Baseline", "85%"),
            ("Target", "90%"),
            ("Unit", "per cent of calls"),
            ("By when", "March 2016"),
        ],
    },
    {
        "kind": "action",
        "label": "Action",
        "words": "Open contact points in libraries and council offices.",
        "fields": [("Owner", "Assistant chief constable"), ("By when", "30 September 2014")],
    },
    {"kind": "outcome", "label": "Outcome", "words": "People find it easy to reach the constabulary."},
    {"kind": "recommendation", "label": "Recommendation 3", "words": "Publish waiting times by district."},
    {
        "kind": "contact",
        "label": "Contact",
        "words": "For more about this report",
        "fields": [("Name", "K Frost"), ("Role", "Policy officer"), ("Telephone", "0300 333 3456")],
    },
    {
        "kind": "source_document",
        "label": "Source document",
        "words": "Police and Crime Plan, March 2014",
        "fields": [("Reference", "CPCC 2014-009"), ("Dated", "4 March 2014")],
    },
]
JOB = {
    "url": reverse_lazy("look_job"),
    "heading": "Reading the file",
    "words": "Section 12 of 60. You may leave this page: the work goes on.",
    "done": 12,
    "total": 60,
}
FINISHED = {
    "heading": "The file has been read",
    "finished": True,
    "words": "60 sections, 2 things not carried over.",
    "href": "#review",
    "action": "Review what was read",
}
LISTS = [
    (
        "Today",
        [
            {
                "title": "Release the papers for the board of 28 November",
                "href": "#1",
                "status": "by 17:00",
                "tone": "bad",
                "words": "14 papers ready, 1 still holds tracked changes: Estates update, Appendix B",
            },
            {
                "title": "Approve section 3.4, Contact points",
                "href": "#2",
                "status": "changed since you read it",
                "words": "2 sentences changed by K Frost this morning. The rest of your approval stands.",
            },
        ],
    ),
    (
        "This week",
        [
            {
                "title": "Respond to the inspectorate on crime data integrity",
                "href": "#3",
                "status": "5 days left",
                "tone": "warn",
                "words": "Published 1 October + 55 days = 25 November. 3 of 4 recommendations answered.",
            },
            {
                "title": "Give the word on 3 actions you own",
                "href": "#4",
                "status": "2 minutes",
                "words": "Last word 24 October",
            },
            {
                "title": "Check 2 links that have become doubtful",
                "href": "#5",
                "status": "People Strategy changed",
                "tone": "warn",
                "words": "Clauses 2.3 and 4.1 moved on; your sections 5 and 5.2 rest on them",
            },
        ],
    ),
    (
        "Waiting for others",
        [
            {
                "title": "Finance sign-off, Grants round 2",
                "href": "#6",
                "words": "with the chief finance officer, 2 days",
            },
            {
                "title": "Minutes of 31 October",
                "href": "#7",
                "words": "circulated, 1 amendment suggested",
            },
        ],
    ),
]
THEMES = [
    ("Victims", "1 late", "warn", "9 actions. Contact within two days is improving."),
    ("Offenders", "on course", "good", "7 actions. Reoffending is unchanged: ups and downs are ordinary."),
    (
        "Communities",
        "unseen 7 months",
        "bad",
        "11 actions. Vehicle crime is rising and outside its usual range.",
    ),
    ("Transformation", "no word on 4", "calm", "8 actions, 2 without an owner since October."),
]
STEPS = [
    {
        "when": "1 Feb 2017",
        "kind": "Promised",
        "done": True,
        "title": "Police and Crime Plan 2017-20, section 1.2",
        "status": "Endorsed by the panel",
        "href": "#1",
        "quiet": "Issued 28 February 2017 by decision CPCC 2017-009, which fixed exactly this text.",
    },
    {
        "when": "4 Apr 2019",
        "kind": "Made a priority",
        "done": True,
        "title": "V2 One point of contact for every victim",
        "status": "2019-20",
        "words": "Led by the constabulary, with the Victims’ Hub and four district councils. "
        "Approved by the board, item 8.0.",
    },
    {
        "when": "Since Jun 2019",
        "kind": "Being done",
        "title": "3 actions: 1 done, 1 on course, 1 late",
        "status": "1 late",
        "tone": "bad",
        "template": "web/look/late.html",
    },
    {
        "when": "Every month",
        "kind": "Measured",
        "title": "Victims contacted within two working days",
        "status": "Improving",
        "tone": "good",
        "words": "81% in October. It has been above its usual range for three months, so the change is real; "
        "on present form it will not reliably reach the target of 90%.",
        "template": "web/look/chart.html",
    },
    {
        "when": "14 Nov 2019",
        "kind": "Examined",
        "done": True,
        "title": "In-depth report on Victims, board item 6.0",
        "status": "Decided: noted, with one action",
        "quiet": "The report keeps the figures the board saw. Two have been revised since.",
    },
    {
        "when": "5 Feb 2020",
        "kind": "Scrutinised",
        "title": "Panel recommendation 3: publish waiting times by district",
        "status": "Response due 4 March",
        "tone": "warn",
    },
]
