"""Maps of plans, drawn from the data alone: they need no internet and no map server."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

import folium
import numpy as np
from branca.element import MacroElement
from jinja2 import Template

from planner.assess.municipality_table import municipality_table
from planner.io.bundle import Bundle
from planner.present.maps.colours import group_colours
from planner.present.maps.drawing import municipality_lines
from planner.present.maps.ground_degrees import (
    FEW,
    as_geojson,
    group_borders,
    land_around,
    region_bounds,
    region_shapes,
)

if TYPE_CHECKING:
    from planner.model.instance import Instance
    from planner.model.plan import Plan

SEA, OUTSIDE, BORDER, INK = "#e6edf1", "#fafaf7", "#7d8a94", "#1b1f24"
SOURCE = "Grenser © Kartverket, CC BY 4.0"
NEAR_ZOOM = 8.5  # from here on a county's map has room for all names
STYLE = """
<style>
.folium-map, .leaflet-container { background: %s !important; font: 13px/1.4 sans-serif; }
.leaflet-tooltip { font-size: 13px; line-height: 1.45; }
.leaflet-container path.mark { pointer-events: none !important; }
.place { white-space: nowrap; color: %s; text-shadow: 0 0 3px #fff, 0 0 3px #fff, 0 0 5px #fff; }
.place.host { font-weight: 700; font-size: 14px; }
.place.member { font-size: 12px; }
.place.tucked { display: none; }
.near .place.tucked { display: inline; }
</style>
""" % (SEA, INK)  # noqa: UP031 - braces of CSS stay readable


class _Furniture(MacroElement):
    """The scale in kilometres, whose borders these are, and names that show when near."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        (function (map) {
          L.control.scale({imperial: false}).addTo(map);
          map.attributionControl.setPrefix("Leaflet").addAttribution({{ this.source|tojson }});
          function names() {
            map.getContainer().classList.toggle("near", map.getZoom() >= {{ this.near_zoom }});
          }
          map.on("zoomend", names);
          map.whenReady(names);
        })({{ this._parent.get_name() }});
        {% endmacro %}"""
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.source, self.near_zoom = SOURCE, NEAR_ZOOM


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
            attribution_control=True,
        )
        self.fit_bounds(bounds, padding=(12, 12))
        self.add_child(_Furniture())
        self.get_root().header.add_child(folium.Element(STYLE))  # type: ignore[attr-defined]


def base_map(bundle: Bundle, codes: list[str], leaflet_folder: str | None = None) -> RegionMap:
    """Draw the land around a region, and nothing of any plan, so that it never has to change."""
    canvas = RegionMap(region_bounds(bundle, codes), leaflet_folder)
    style = {"fillColor": OUTSIDE, "fillOpacity": 1, "color": BORDER, "weight": 0.4}
    land = land_around(bundle, tuple(codes))
    folium.GeoJson(land, style_function=lambda _feature: style, interactive=False).add_to(canvas)
    return canvas


def plan_layer(instance: Instance, plan: Plan, bundle: Bundle) -> folium.FeatureGroup:
    """Draw a plan: groups coloured so that neighbours differ, hosts, satellites and names."""
    layer = folium.FeatureGroup(name="plan")
    _add_polygons(layer, instance, plan, bundle)
    _add_group_borders(layer, plan, bundle)
    _add_ways(layer, instance, plan)
    _add_places(layer, instance, plan)
    return layer


def plan_map_html(
    instance: Instance, plan: Plan, bundle: Bundle, leaflet_folder: str | None = None
) -> str:
    """Return a map of a plan as one page that needs nothing else, or only Leaflet's folder."""
    canvas = base_map(bundle, instance.codes, leaflet_folder)
    plan_layer(instance, plan, bundle).add_to(canvas)
    return _numbered(str(canvas.get_root().render()))


def plan_features(instance: Instance, plan: Plan, bundle: Bundle) -> dict[str, Any]:
    """Return a plan as GeoJSON: a feature a municipality, with its figures, in degrees."""
    table = municipality_table(instance, plan).replace([np.inf], np.nan)
    table["exempt"] = table["host_code"].isin(plan.exempt)
    rows = table.astype(object).where(table.notna(), None).to_dict("index")
    properties = {code: {"code": code, **row} for code, row in rows.items()}
    return _collection(instance, properties, bundle)


def _collection(
    instance: Instance, properties: dict[Any, dict[Any, Any]], bundle: Bundle
) -> dict[str, Any]:
    polygons = region_shapes(bundle, instance.codes)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties[code],
                "geometry": as_geojson(polygons[code]),
            }
            for code in instance.codes
        ],
    }


def _numbered(page: str) -> str:
    """Replace folium's random identifiers by numbers, so that the same plan gives the same page."""
    found = dict.fromkeys(re.findall(r"[0-9a-f]{32}", page))
    numbers = {identifier: f"{place:032d}" for place, identifier in enumerate(found)}
    return re.sub(r"[0-9a-f]{32}", lambda match: numbers[match.group()], page)


def _add_polygons(
    layer: folium.FeatureGroup, instance: Instance, plan: Plan, bundle: Bundle
) -> None:
    colours = group_colours(plan, instance.contiguity)
    rows = municipality_table(instance, plan).to_dict("index")
    properties = {
        code: {"colour": colours[plan.host_of[code]], "tooltip": _tooltip(rows[code])}
        for code in instance.codes
    }
    folium.GeoJson(
        _collection(instance, properties, bundle),
        style_function=_style,
        highlight_function=lambda _feature: {"weight": 3, "color": INK},
        tooltip=folium.GeoJsonTooltip(fields=["tooltip"], labels=False, sticky=True),
    ).add_to(layer)


def _style(feature: dict[str, Any]) -> dict[str, Any]:
    colour = feature["properties"]["colour"]
    return {
        "fillColor": colour,
        "fillOpacity": 0.9,
        "color": BORDER,
        "weight": 0.7,
        "className": "municipality",
    }


def _tooltip(row: dict[Any, Any]) -> str:
    """Write a municipality's figures as HTML; everything in it is escaped."""
    name, *lines = (escape(line) for line in municipality_lines(row))
    return "<br>".join([f"<b>{name}</b>", *lines])


def _add_group_borders(layer: folium.FeatureGroup, plan: Plan, bundle: Bundle) -> None:
    lines = group_borders(bundle, plan)
    if not lines.is_empty:
        style = {"color": INK, "weight": 2.2, "opacity": 0.9}
        folium.GeoJson(
            as_geojson(lines), style_function=lambda _feature: style, interactive=False
        ).add_to(layer)


def _add_ways(layer: folium.FeatureGroup, instance: Instance, plan: Plan) -> None:
    centres = _centres(instance)
    ways = [[centres[code], centres[host]] for code, host in plan.host_of.items() if code != host]
    if ways:
        folium.PolyLine(  # type: ignore[no-untyped-call]
            ways, color=INK, weight=1.6, opacity=0.65, className="mark"
        ).add_to(layer)


def _add_places(layer: folium.FeatureGroup, instance: Instance, plan: Plan) -> None:
    centres, few = _centres(instance), len(instance.codes) <= FEW
    for code, host in plan.host_of.items():
        is_host = code == host
        folium.CircleMarker(
            centres[code],
            radius=7 if is_host else 3.5,
            color=INK,
            weight=2,
            fill=True,
            fill_color="#ffffff" if is_host else INK,
            fill_opacity=1,
            className="mark",
        ).add_to(layer)
        kind = "host" if is_host else "member" if few else "member tucked"
        icon = folium.DivIcon(
            html=f'<span class="place {kind}">{escape(instance.names[code])}</span>',
            icon_size=(0, 0),
            icon_anchor=(-9, 9),
            class_name="place-label",
        )
        folium.Marker(centres[code], icon=icon, interactive=False).add_to(layer)


def _centres(instance: Instance) -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of every centre, by code."""
    table = instance.municipalities
    columns = (table["centre_lat"].astype(float), table["centre_lon"].astype(float))
    return dict(zip(instance.codes, zip(*columns, strict=True), strict=True))


@lru_cache(maxsize=4)
def _asset(name: str, folder: str | None) -> str:
    if folder is not None:
        return f"{folder}/{name}"
    kind = "text/javascript" if name.endswith(".js") else "text/css"
    content = resources.files("planner.present.maps").joinpath("leaflet", name).read_bytes()
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
