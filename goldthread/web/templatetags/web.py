"""What templates need to speak as the product does: dates, counts, statuses, the trail of a page."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.web.forms import problems_of, words_of

register = template.Library()

DAY = timedelta(days=1)
TONES = ("good", "warn", "bad", "calm", "gold")


def _day(value: date | datetime) -> date:
    """The day of a date, or the day it is where the reader is at that moment."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in full: 4 May 2026."""
    return date_format(_day(value), "j F Y") if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A date for a narrow column: 4 May 2026 with the month cut to three letters."""
    return date_format(_day(value), "j M Y") if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """A date with its day of the week: Monday 4 May 2026."""
    return date_format(_day(value), "l j F Y") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A date and a time of day: 4 May 2026 at 14:05."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return _("%(day)s at %(time)s") % {"day": date_format(local, "j F Y"), "time": local.strftime("%H:%M")}


@register.simple_tag
def day_time(value: date | datetime | None) -> SafeString | str:
    """A date in full as a `time` element that machines read too."""
    return format_html('<time datetime="{}">{}</time>', _day(value).isoformat(), day(value)) if value else ""


@register.filter
def ago(value: date | datetime | None, now: date | datetime | None = None) -> str:
    """How long ago a moment or a day was, to the unit a person would use; a day ahead says how far."""
    if not value:
        return ""
    now = now or (timezone.now() if isinstance(value, datetime) else timezone.localdate())
    if isinstance(value, datetime) and isinstance(now, datetime) and timedelta() <= now - value < DAY:
        return _hours_ago(int((now - value).total_seconds() // 60))
    days = (_day(now) - _day(value)).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    return (_("%(length)s ago") if days > 0 else _("in %(length)s")) % {"length": _length(abs(days))}


def _hours_ago(minutes: int) -> str:
    """A time earlier in the same day, from its age in minutes."""
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%d minute ago", "%d minutes ago", minutes) % minutes
    return ngettext("%d hour ago", "%d hours ago", minutes // 60) % (minutes // 60)


def _length(days: int) -> str:
    """A number of days in the unit a person would use: days, weeks from three, months, years."""
    if days < 21:
        return ngettext("%d day", "%d days", days) % days
    if days < 61:
        return ngettext("%d week", "%d weeks", days // 7) % (days // 7)
    if days < 730:
        return ngettext("%d month", "%d months", round(days / 30.44)) % round(days / 30.44)
    return ngettext("%d year", "%d years", days // 365) % (days // 365)


@register.filter
def grouped(value: int | float | None) -> str:
    """A number with commas between its thousands; a dash where there is none."""
    return f"{value:,}" if value is not None else "–"


@register.filter
def count_of(value: int, words: str) -> str:
    """A count with its unit: `{{ 3|count_of:"action" }}`, `{{ 2|count_of:"body,bodies" }}`."""
    one, _comma, many = words.partition(",")
    return f"{value:,} {one if value == 1 else many or one + 's'}"


@register.simple_tag
def status(words: str, tone: str = "calm") -> SafeString:
    """A status: a word first, a colour second (`good`, `warn`, `bad`, `calm` or `gold`)."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"A status is one of {', '.join(TONES)}, not {tone!r}.")
    return format_html('<span class="tag tag--{}">{}</span>', tone, words)


@register.inclusion_tag("web/parts/crumbs.html")
def crumbs(*steps: str) -> dict[str, Any]:
    """The way here: `{% crumbs "Plan" plan_url "Section 1" %}`, the page itself last and without address."""
    pairs = list(zip(steps[::2], steps[1::2], strict=False))
    return {"trail": pairs, "here": steps[-1] if len(steps) % 2 else ""}


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """This page's query string with some values changed, or dropped where the value is None or empty."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def page_numbers(page: Page) -> Iterable[int | str]:
    """The page numbers worth showing: the first, the last, those near this one, dots between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def beside(left: Iterable[Any], right: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Two lists walked together."""
    return list(zip(left, right, strict=True))


@register.inclusion_tag("web/parts/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """Every problem of these forms in one place, each linked to its field; stands before the heading."""
    for form in forms:
        form.summarised = True
    return {"problems": [problem for form in forms for problem in problems_of(form)]}


@register.inclusion_tag("web/forms/problems.html")
def field_problems(field: BoundField) -> dict[str, Any]:
    """The problems of one field, where its control's `aria-describedby` looks for them."""
    return {"problems": words_of(field), "id": f"{field.auto_id}_error"}
