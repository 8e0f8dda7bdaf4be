"""Pictures in a text: taken in from the editor, kept by their SHA-256, shown on the desk."""

from __future__ import annotations

from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goldthread.audit import record, vault
from goldthread.audit.queries import events_about
from goldthread.core.governance.abilities import Ability
from goldthread.files.charts.ours import form_of
from goldthread.files.pictures import MAX_PICTURE, Pictures
from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.plans.models import Document, SectionVersion
from goldthread.plans.queries import document_for

TAKEN = "took in picture"
"""The verb under which the record keeps a picture that was taken in."""


@desk_page
@require_POST
def take_in(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Keep a picture that was chosen in the editor; answers as docs/reference/editor.md says."""
    document = document_for(acting.user, slug, on=acting.on, ability=Ability.WRITE_PLAN, kept=True)
    given = request.FILES.get("file")
    if given is None:
        return JsonResponse({"message": _("No picture arrived. Choose it again.")}, status=400)
    content = given.read(MAX_PICTURE + 1)
    seal, reason = Pictures().keep(content)
    if not seal:
        words = _("This picture was not kept: %(reason)s.") % {"reason": reason}
        return JsonResponse({"message": words}, status=400)
    try:
        vault.keep(content)
    except vault.CannotKeep as failure:
        return JsonResponse({"message": failure.message}, status=503)
    record(document, TAKEN, by=acting.user, at=acting.at, body=document.body, sha256=seal)
    return JsonResponse({"image": seal})


@desk_page
@require_safe
def show(request: HttpRequest, acting: Acting, slug: str, seal: str) -> HttpResponse:
    """One picture, for whoever may read the document's desk; nothing else that is kept is shown here."""
    document = document_for(acting.user, slug, on=acting.on, kept=True)
    if not _belongs(document, seal):
        raise Http404(_("There is no such picture."))
    try:
        content = vault.read(seal)
    except (vault.Missing, vault.Altered):
        raise Http404(_("There is no such picture.")) from None
    form = form_of(content)
    if not form:
        raise Http404(_("There is no such picture."))
    return HttpResponse(content, content_type=f"image/{form}")


def _belongs(document: Document, seal: str) -> bool:
    """Whether a picture stands, or once stood, in a document, or was taken in for it."""
    versions = SectionVersion.objects.filter(document=document).annotate(words=Cast("form", TextField()))
    if versions.filter(words__contains=seal).exists():
        return True
    events = events_about(document._meta.label_lower, str(document.pk))
    return events.filter(verb=TAKEN, facts__sha256=seal).exists()
