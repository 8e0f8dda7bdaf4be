"""What changed between two texts, as HTML: a fragment for the pages, or a page by itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from importlib import resources

from goldthread.core.compare.changes import Comparison
from goldthread.files.changes import figures, section_lines
from goldthread.files.charts.ours import form_of
from goldthread.files.html import anchor, attribute, text
from goldthread.files.html_blocks import Address, no_address, redline_fragment

NO_IMAGES: Mapping[str, bytes] = {}


def changes_table(comparison: Comparison) -> str:
    """The table of changes by section, each linked to its place in the fragment."""
    lines = section_lines(comparison)
    if not lines:
        return '<p class="said">Nothing changed in any section.</p>'
    rows = []
    for line in lines:
        name = f"{line.number} {line.title}".strip()
        tag = {"new": "tag good", "removed": "tag bad"}.get(line.state, "")
        said = f'<span class="{tag}">{text(line.words)}</span>' if tag else text(line.words)
        rows.append(
            f'<tr><th scope="row"><a href="#{anchor(line.key)}">{text(name)}</a></th><td>{said}</td>'
            f'<td class="n">{line.inserted:,}</td><td class="n">{line.deleted:,}</td></tr>'
        )
    return (
        '<div class="table-frame" role="region" tabindex="0" aria-label="Changes by section"><table>'
        '<caption>By section</caption><thead><tr><th scope="col">Section</th><th scope="col">Change</th>'
        '<th scope="col" class="n">Words in</th><th scope="col" class="n">Words out</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def redline_html(comparison: Comparison, *, level: int = 2, image_address: Address = no_address) -> str:
    """The changed text inside an element of class "text": no styles, no scripts, all escaped.

    Insertions and deletions are ``ins`` and ``del`` with words for screen readers, moves are
    linked both ways; headings go from ``level`` down. ``image_address`` gives the address of a
    picture by its SHA-256.
    """
    return f'<div class="text">{redline_fragment(comparison, level=level, image_address=image_address)}</div>'


def redline_page(
    comparison: Comparison,
    *,
    old_name: str = "",
    new_name: str = "",
    images: Mapping[str, bytes] = NO_IMAGES,
) -> str:
    """A page that stands by itself: styles and pictures inside it, nothing fetched, no scripts."""

    def embedded(seal: str) -> str:
        image = images.get(seal, b"")
        kind = form_of(image)
        return f"data:image/{kind};base64,{base64.b64encode(image).decode()}" if kind else ""

    title = f"What changed in {comparison.new.title}" if comparison.new.title else "What changed"
    styles = resources.files("goldthread.files").joinpath("redline.css").read_text("utf-8")
    names = f"From {text(old_name)} to {text(new_name)}." if old_name and new_name else ""
    sums = "".join(f"<div><b>{text(number)}</b>{text(said)}</div>" for number, said in figures(comparison))
    return (
        f'<!doctype html>\n<html lang="{attribute(comparison.new.lang)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        "style-src 'unsafe-inline'\">"
        f"<title>{text(title)}</title><style>{styles}</style></head><body><main>"
        f'<h1>{text(title)}</h1><p class="said">{names}</p><div class="sums">{sums}</div>'
        f"{changes_table(comparison)}{redline_html(comparison, image_address=embedded)}"
        "</main></body></html>\n"
    )
