"""All files of a static site, as their content by path; nothing is written here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources

from planner._version import __version__
from planner.io.bundle import Bundle
from planner.pipeline.result import Result
from planner.present.maps.drawing import difference_drawing, plan_drawing
from planner.present.maps.page import map_page
from planner.present.maps.picture import picture
from planner.present.municipality.page import municipalities_of, municipality_page
from planner.present.rendering import render
from planner.present.result.files import attribution
from planner.present.site import content
from planner.present.site.municipality_html import municipality_html
from planner.present.site.regions import SiteRegion
from planner.present.words.text import language, text

Files = dict[str, str]
MANIFEST = "manifest.json"
#: What tells a folder that was published from any other.
MADE_BY = "planner publish"
STYLES = ("site.css", "stack.css", "municipality.css")
LEAFLET = ("leaflet.js", "leaflet.css", "LICENSE")


@dataclass(frozen=True)
class Publisher:
    """What a public body's pages say of it: whom to write to, and how accessible they are.

    Attributes
    ----------
    contact : address of mail.
    accessibility : address of its accessibility statement.
    """

    contact: str = ""
    accessibility: str = ""


def site_files(
    regions: Sequence[SiteRegion], bundle: Bundle, publisher: Publisher | None = None
) -> Files:
    """Make a site: the same bytes for the same scenarios, data and language.

    Parameters
    ----------
    regions : whose scenarios are shown; some may have no plan.
    bundle : the data that the results were computed from.
    publisher : who publishes; left out, the pages do not say.

    Returns
    -------
    Relative path -> content, in the order of the manifest, which comes last.
    """
    page = partial(_page, publisher=publisher or Publisher())
    files = dict(_assets())
    files["index.html"] = page(
        "index.html",
        "",
        text("site.title"),
        regions=regions,
        cards={one.key: content.cards(one) for one in regions},
        people={one.key: _people(one) for one in regions},
    )
    for region in regions:
        files |= dict(_region_files(region, bundle, page))
    files["metode.html"] = page("method.html", "", text("page.data"), **content.method(bundle))
    files[MANIFEST] = _manifest(regions, bundle, files)
    return files


def _page(template: str, root: str, title: str, **fields: object) -> str:
    """Fill in a page; `root` leads from it to the site's own folder."""
    return render(f"{template}", root=root, title=title, version=__version__, **fields)


def _region_files(
    region: SiteRegion, bundle: Bundle, fill: Callable[..., str]
) -> Iterator[tuple[str, str]]:
    people = _people(region)
    shown = {key: one for key, one in region.results.items() if one.plan is not None}
    for key, result in shown.items():
        yield from _maps(f"{region.key}/kart/{key}", result, bundle)
    yield (
        f"{region.key}/sammenlign.html",
        fill(
            "comparison.html",
            "../",
            text("site.comparison", region=region.name),
            region=region,
            people=people,
            **content.comparison_fields(shown),
        ),
    )
    for key, result in region.results.items():
        fields = content.scenario(result)
        yield (
            f"{region.key}/scenario-{key}.html",
            fill(
                "scenario.html",
                "../",
                result.scenario.title,
                region=region,
                people=people,
                key=key,
                **fields,
            ),
        )
    for code, name in people.items():
        page = municipality_page(list(region.results.values()), code)
        yield (
            f"{region.key}/kommune-{code}.html",
            fill(
                "municipality.html",
                "../",
                name,
                region=region,
                people=people,
                body=municipality_html(page, bundle),
            ),
        )


def _people(region: SiteRegion) -> Mapping[str, str]:
    return municipalities_of(list(region.results.values()))


def _maps(path: str, result: Result, bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Draw a plan and what it changes, and a map of it that can be moved."""
    instance, plan = result.instance, result.plan
    if plan is None:
        return
    title = result.scenario.title
    drawing = plan_drawing(instance, plan)
    yield f"{path}.svg", picture(drawing, title, bundle).svg
    changes = difference_drawing(instance, instance.baseline, plan)
    yield f"{path}-endring.svg", picture(changes, title, bundle).svg
    yield f"{path}.html", map_page(drawing, bundle, "../../assets")


def _assets() -> Iterator[tuple[str, str]]:
    site = resources.files("planner.present.site").joinpath("assets")
    leaflet = resources.files("planner.present.maps").joinpath("leaflet")
    yield "assets/site.css", "\n".join(site.joinpath(one).read_text("utf-8") for one in STYLES)
    yield "assets/site.js", site.joinpath("site.js").read_text("utf-8")
    for name in LEAFLET:
        yield (
            f"assets/{name.replace('LICENSE', 'leaflet-license.txt')}",
            leaflet.joinpath(name).read_text("utf-8"),
        )


def _manifest(regions: Sequence[SiteRegion], bundle: Bundle, files: Files) -> str:
    """List what the site was made from and what it holds, with checksums and without any time."""
    scenarios = [
        {
            "page": f"{region.key}/scenario-{key}.html",
            "title": result.scenario.title,
            "file": result.scenario.path.name if result.scenario.path else None,
            "sha256": _sha256(result.scenario.path.read_bytes()) if result.scenario.path else None,
        }
        for region in regions
        for key, result in region.results.items()
    ]
    document = {
        "made_by": MADE_BY,
        "kontorplan": __version__,
        "language": language(),
        "scenarios": scenarios,
        "data": {source.table: source.sha256 for source in bundle.sources.values()},
        "attribution": attribution(bundle),
        "files": {path: _sha256(own.encode()) for path, own in sorted(files.items())},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _sha256(content_of_file: bytes) -> str:
    return hashlib.sha256(content_of_file).hexdigest()
