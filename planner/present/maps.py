"""Maps of plans, drawn from the data alone: they need no internet and no map server."""

from __future__ import annotations

import base64
import json
import re
from functools import lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

import folium
import numpy as np
import shapely
from branca.element import MacroElement
from jinja2 import Template

from planner.io.boundaries import read_boundaries, simplify
from planner.io.registry import DEFAULT_FOLDER, Bundle
from planner.present.colours import group_colours
from planner.present.document import municipality_table
from planner.present.text import Language, figure, text

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from planner.model.instance import Instance
    from planner.model.plan import Plan

SEA, OUTSIDE, BORDER, INK = "#e6edf1", "#fafaf7", "#7d8a94", "#1b1f24"
SOURCE = "Grenser © Kartverket, CC BY 4.0"
TOLERANCE_M = 300
FEW = 15  # up to so many municipalities, all names fit on the map
TOOLTIP = ("municipality", "host", "minutes", "presence_days", "population", "fte")
STYLE = """
<style>
.folium-map, .leaflet-container { background: %s !important; font: 13px/1.35 sans-serif; }
.leaflet-interactive:focus { outline: none; }
.place { white-space: nowrap; color: %s; text-shadow: 0 0 3px #fff, 0 0 3px #fff, 0 0 5px #fff; }
.place.host { font-weight: 700; font-size: 14px; }
.place.member { font-size: 12px; }
</style>
""" % (SEA, INK)  # noqa: UP031 - braces of CSS stay readable


class _Furniture(MacroElement):
    """The scale in kilometres, and whose borders these are."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        L.control.scale({imperial: false}).addTo({{ this._parent.get_name() }});
        {{ this._parent.get_name() }}.attributionControl.setPrefix("Leaflet");
        {{ this._parent.get_name() }}.attributionControl.addAttribution({{ this.source|tojson }});
        {% endmacro %}"""
    )

    def __init__(self, source: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.source = source


class RegionMap(folium.Map):
    """A folium map that takes Leaflet from the package instead of from a content network."""

    def __init__(self, bounds: list[list[float]], leaflet_folder: str | None = None) -> None:
        """Show an area.

        Parameters
        ----------
        bounds : south-west and north-east corner, each latitude and longitude in degrees.
        leaflet_folder : address under which the page can fetch ``leaflet.js`` and
            ``leaflet.css``; left out, both are written into the page itself.
        """
        self.default_js = [("leaflet", _asset("leaflet.js", leaflet_folder))]
        self.default_css = [("leaflet_css", _asset("leaflet.css", leaflet_folder))]
        centre = [(low + high) / 2 for low, high in zip(*bounds, strict=True)]
        super().__init__(
            location=centre,
            tiles=None,
            zoom_start=8,
            min_zoom=4,
            max_zoom=13,
            zoom_snap=0.25,
            prefer_canvas=False,
            attribution_control=True,
        )
        self.fit_bounds(bounds, padding=(12, 12))
        self.add_child(_Furniture(SOURCE))
        self.get_root().header.add_child(folium.Element(STYLE))  # type: ignore[attr-defined]


@lru_cache(maxsize=4)
def shapes(folder: Path = DEFAULT_FOLDER, tolerance_m: int = TOLERANCE_M) -> gpd.GeoDataFrame:
    """Return all municipalities' polygons, simplified for the screen, in degrees."""
    return simplify(read_boundaries(Bundle(folder)), tolerance_m).to_crs(4326)


def region_bounds(codes: list[str]) -> list[list[float]]:
    """Return the corners of a region: south-west and north-east, latitude before longitude."""
    west, south, east, north = shapes().loc[codes].total_bounds
    return [[float(south), float(west)], [float(north), float(east)]]


def base_map(codes: list[str], leaflet_folder: str | None = None) -> RegionMap:
    """Draw the land around a region, and nothing of any plan, so that it never has to change."""
    canvas = RegionMap(region_bounds(codes), leaflet_folder)
    outside = shapes().drop(index=codes)
    west, south, east, north = shapes().loc[codes].total_bounds
    near = outside.cx[west - 2 : east + 2, south - 1 : north + 1]
    folium.GeoJson(
        json.loads(near[["geometry"]].to_json(drop_id=True)),
        name="outside",
        style_function=lambda _feature: {
            "fillColor": OUTSIDE,
            "fillOpacity": 1,
            "color": BORDER,
            "weight": 0.5,
        },
        interactive=False,
    ).add_to(canvas)
    return canvas


def plan_layer(instance: Instance, plan: Plan, language: Language = "nb") -> folium.FeatureGroup:
    """Draw a plan: groups coloured so that neighbours differ, hosts, satellites and names."""
    layer = folium.FeatureGroup(name="plan")
    _add_polygons(layer, instance, plan, language)
    _add_outlines(layer, plan)
    _add_ways(layer, instance, plan)
    _add_places(layer, instance, plan)
    return layer


def plan_map_html(instance: Instance, plan: Plan, language: Language = "nb") -> str:
    """Return a map of a plan as one page that needs nothing else."""
    canvas = base_map(instance.codes)
    plan_layer(instance, plan, language).add_to(canvas)
    return _numbered(str(canvas.get_root().render()))


def plan_features(instance: Instance, plan: Plan) -> dict[str, Any]:
    """Return a plan as GeoJSON: a feature a municipality, with its figures, in degrees."""
    table = municipality_table(instance, plan)
    finite = table.replace([np.inf], np.nan).astype(object)
    frame = shapes().loc[instance.codes, ["geometry"]].join(finite.where(finite.notna(), None))
    frame["exempt"] = frame["host_code"].isin(plan.exempt)
    frame.index.name = "code"
    return dict(json.loads(frame.reset_index().to_json(drop_id=True)))


def _numbered(page: str) -> str:
    """Replace folium's random identifiers by numbers, so that the same plan gives the same page."""
    found = dict.fromkeys(re.findall(r"[0-9a-f]{32}", page))
    numbers = {identifier: f"{place:032d}" for place, identifier in enumerate(found)}
    return re.sub(r"[0-9a-f]{32}", lambda match: numbers[match.group()], page)


def _add_polygons(
    layer: folium.FeatureGroup, instance: Instance, plan: Plan, language: Language
) -> None:
    colours = group_colours(plan, instance.contiguity)
    table = municipality_table(instance, plan)
    frame = shapes().loc[instance.codes, ["geometry"]].copy()
    frame["colour"] = [colours[plan.host_of[code]] for code in frame.index]
    frame["municipality"] = [escape(name) for name in table["name"]]
    frame["host"] = [escape(name) for name in table["host"]]
    for column, unit in (("minutes", "min"), ("population", "persons"), ("fte", "fte")):
        frame[column] = [
            figure(value if np.isfinite(value) else None, unit, language)
            for value in table[column].astype(float)
        ]
    frame["presence_days"] = [f"{days:g}" for days in table["presence_days"]]
    folium.GeoJson(
        json.loads(frame.to_json(drop_id=True)),
        name="groups",
        style_function=_style,
        highlight_function=lambda _feature: {"weight": 3, "color": INK},
        tooltip=folium.GeoJsonTooltip(
            fields=list(TOOLTIP),
            aliases=[text(f"table.{name}", language) for name in TOOLTIP],
            sticky=True,
        ),
    ).add_to(layer)


def _style(feature: dict[str, Any]) -> dict[str, Any]:
    colour = feature["properties"]["colour"]
    return {"fillColor": colour, "fillOpacity": 0.9, "color": BORDER, "weight": 0.7}


def _add_outlines(layer: folium.FeatureGroup, plan: Plan) -> None:
    """Draw the border of every group; coasts are left to the municipalities."""
    polygons = shapes().geometry
    groups = [
        shapely.coverage_union_all([polygons[code] for code in members])
        for members in plan.groups.values()
    ]
    tree = shapely.STRtree(groups)
    one, other = tree.query(groups, predicate="intersects")
    shared = shapely.intersection(
        np.array(groups)[one[one < other]], np.array(groups)[other[one < other]]
    )
    lines = [line for line in shapely.get_parts(shared) if line.length > 0]
    if lines:
        folium.GeoJson(
            json.loads(shapely.to_geojson(shapely.union_all(lines))),
            style_function=lambda _feature: {"color": INK, "weight": 2.2, "opacity": 0.9},
            interactive=False,
        ).add_to(layer)


def _add_ways(layer: folium.FeatureGroup, instance: Instance, plan: Plan) -> None:
    for code, host in plan.host_of.items():
        if code != host:
            folium.PolyLine(  # type: ignore[no-untyped-call]
                [_centre(instance, code), _centre(instance, host)],
                color=INK,
                weight=1.6,
                opacity=0.65,
                interactive=False,
            ).add_to(layer)


def _add_places(layer: folium.FeatureGroup, instance: Instance, plan: Plan) -> None:
    all_named = len(instance.codes) <= FEW
    for code, host in plan.host_of.items():
        is_host = code == host
        folium.CircleMarker(
            _centre(instance, code),
            radius=7 if is_host else 3.5,
            color=INK,
            weight=2,
            fill=True,
            fill_color="#ffffff" if is_host else INK,
            fill_opacity=1,
            interactive=False,
        ).add_to(layer)
        if is_host or all_named:
            kind = "host" if is_host else "member"
            name = escape(instance.names[code])
            icon = folium.DivIcon(
                html=f'<span class="place {kind}">{name}</span>',
                icon_size=(0, 0),
                icon_anchor=(-9, 9),
                class_name="place-label",
            )
            folium.Marker(_centre(instance, code), icon=icon, interactive=False).add_to(layer)


def _centre(instance: Instance, code: str) -> tuple[float, float]:
    place = instance.municipalities.loc[code].to_dict()
    return float(place["centre_lat"]), float(place["centre_lon"])


@lru_cache(maxsize=4)
def _asset(name: str, folder: str | None) -> str:
    if folder is not None:
        return f"{folder}/{name}"
    kind = "text/javascript" if name.endswith(".js") else "text/css"
    content = resources.files("planner.present").joinpath("leaflet", name).read_bytes()
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
