"""What the statuses mean: read by all, set anew by whoever closes periods."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.scales import set_scale
from goldthread.delivery.forms.updates import Scale
from goldthread.delivery.models import StatusScale
from goldthread.delivery.updates import DONE, levels, scale_in_force
from goldthread.plans.desk.frame import Acting, desk_page


@desk_page
def statuses(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The statuses in force with what each means, then those of earlier days."""
    body = acting.body_where(Ability.READ_DRAFTS)
    current = scale_in_force(body, acting.on)
    rows = StatusScale.objects.filter(body=body).order_by("-from_day", "-number")
    context = {
        "current": current,
        "levels": levels(current),
        "others": [(row, levels(row)) for row in rows if current is None or row.pk != current.pk],
        "sets": Ability.CLOSE_PERIOD in acting.abilities(body),
        "done": DONE,
    }
    return render(request, "delivery/desk/statuses.html", context)


@desk_page
def anew(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Set the statuses anew from a day on."""
    body = acting.body_where(Ability.CLOSE_PERIOD)
    scale = Scale(levels(scale_in_force(body, acting.on)), request.POST or None)
    if request.method == "POST" and scale.is_valid():
        try:
            given = scale.head.cleaned_data
            set_scale(body=body, levels=list(scale.filled()), by=acting.user, at=acting.at, **given)
        except ValidationError as refusal:
            _tell(scale, refusal)
        else:
            messages.success(request, _("Kept. Updates that were given before keep the words they had."))
            return redirect("delivery:desk-statuses")
    return render(request, "delivery/desk/statuses_new.html", {"scale": scale, "form": scale.head})


def _tell(scale: Scale, refusal: ValidationError) -> None:
    """Put what was refused beside its question, or above them all."""
    for name, errors in refusal.message_dict.items():
        scale.head.add_error(name if name in scale.head.fields else None, errors)
