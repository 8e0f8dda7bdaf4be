"""The addresses of plans: the desk's, then the public's."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from goldthread.plans.desk import approval, comparison, documents, imports, links, pictures, sections
from goldthread.plans.site_urls import urlpatterns as site_patterns

app_name = "plans"


class KeyConverter(StringConverter):
    """The permanent key of a section, as `core.text` allows it, without a stroke."""

    regex = "[!-.0-~]{1,64}"


register_converter(KeyConverter, "key")

_PLAN = "desk/plan/<slug:slug>/"
_EDITION = _PLAN + "<slug:edition_slug>/"
_SECTION = _EDITION + "sections/<key:key>/"

desk_patterns = [
    path("desk/plan/", documents.shelf, name="desk-shelf"),
    path("desk/new-plan/", documents.new_document, name="desk-new-document"),
    path("desk/files/", imports.hand_in_file, name="desk-import"),
    path("desk/files/<int:pk>/", imports.review, name="desk-import-review"),
    path("desk/files/<int:pk>/progress/", imports.progress, name="desk-import-progress"),
    path("desk/files/<int:pk>/discard/", imports.discard, name="desk-import-discard"),
    path("desk/compare-files/", comparison.files, name="desk-compare-files"),
    path("desk/kept/<int:pk>/", sections.conflict, name="desk-conflict"),
    path(_PLAN, documents.document, name="desk-document"),
    path(_PLAN + "new-edition/", documents.new_edition, name="desk-new-edition"),
    path(_PLAN + "pictures/", pictures.take_in, name="desk-take-in-picture"),
    path(_PLAN + "pictures/<slug:seal>/", pictures.show, name="desk-picture"),
    path(_PLAN + "compare/", comparison.editions, name="desk-compare"),
    path(_PLAN + "links/", links.links, name="desk-links"),
    path(_PLAN + "links.csv", links.links_csv, name="desk-links-csv"),
    path(_PLAN + "links/<int:pk>/", links.one_link, name="desk-link"),
    path(_PLAN + "links/add/<key:key>/", links.add_link, name="desk-add-link"),
    path(_EDITION, documents.edition, name="desk-edition"),
    path(_EDITION + "as.<slug:form>", documents.edition_file, name="desk-edition-file"),
    path(_EDITION + "presentation/", documents.presentation, name="desk-presentation"),
    path(_EDITION + "approval/", approval.approval, name="desk-approval"),
    path(_EDITION + "approval/<slug:move>/", approval.gate, name="desk-gate"),
    path(_EDITION + "changes-asked/", approval.ask, name="desk-ask"),
    path(_EDITION + "changes-asked/<int:pk>/", approval.answer, name="desk-answer"),
    path(_EDITION + "bundles/<int:pk>/<int:number>/", approval.bundle_file, name="desk-bundle-file"),
    path(_EDITION + "evidence/<int:pk>/<int:number>/", approval.evidence_file, name="desk-evidence-file"),
    path(_EDITION + "add-section/", sections.add, name="desk-add-section"),
    path(_SECTION, sections.section, name="desk-section"),
    path(_SECTION + "save/", sections.save, name="desk-save"),
    path(_SECTION + "history/", sections.history, name="desk-history"),
    path(_SECTION + "restore/", sections.restore, name="desk-restore"),
    path(_SECTION + "move/", sections.move, name="desk-move-section"),
    path(_SECTION + "remove/", sections.remove, name="desk-remove-section"),
    path(_SECTION + "care/", documents.care, name="desk-care"),
]

urlpatterns = [*desk_patterns, *site_patterns]
