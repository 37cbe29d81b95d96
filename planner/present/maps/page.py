"""Drawings as pages of their own, which need no internet and no map server."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

import folium
import geopandas as gpd
import numpy as np
import shapely
from branca.element import MacroElement
from jinja2 import Template

from planner.assess.access import municipality_table
from planner.io.tables.boundaries import CRS_EPSG
from planner.present.maps.colours import BORDER, INK, OUTSIDE, ROAD, SEA
from planner.present.maps.drawing import Drawing, LegendEntry
from planner.present.maps.ground import Ground, in_degrees, region_ground
from planner.present.maps.legend import dot, ring
from planner.present.maps.page_labels import PageSpot, first_zoom, page_spots
from planner.present.words.text import text

if TYPE_CHECKING:
    from planner.io.bundle import Bundle
    from planner.model.instance import Instance
    from planner.model.plan import Plan

Style = dict[str, Any]
Features = dict[str, Any]  # of GeoJSON
MARK_PX = 32  # of the square that a mark stands in
STYLE = """
<style>
.folium-map, .leaflet-container { background: %s !important; font: 13px/1.4 sans-serif; }
.leaflet-tooltip { font-size: 13px; line-height: 1.45; }
.leaflet-container path.mark { pointer-events: none !important; }
.place { white-space: nowrap; color: %s; text-shadow: 0 0 3px #fff, 0 0 3px #fff, 0 0 5px #fff; }
.place.host { font-weight: 700; font-size: 14px; }
.place.member { font-size: 12px; }
.label svg, .label .place { position: absolute; left: 0; top: 0; overflow: visible; }
.label line { stroke: #1b1f24; stroke-width: .9; }
.label[hidden] { display: none; }
.legend { max-height: 60vh; overflow: auto; padding: 4px 8px; background: #fff; }
.legend ul { margin: 4px 0 0; padding: 0; list-style: none; }
.legend i { display: inline-block; box-sizing: border-box; width: 18px; height: 12px;
  margin-right: 7px; border: 1px solid #7d8a94; }
.legend .host, .legend .member, .legend .days { width: 12px; margin: 0 10px 0 3px;
  border-radius: 50%%; border: 2px solid #1b1f24; }
.legend .days { background: conic-gradient(#1b1f24 40%%, #fff 0); }
.legend .member { background: #1b1f24; }
.legend .road, .legend .ferry { height: 0; margin-bottom: 5px; border: 0;
  border-top: 1.5px solid #8b857c; }
.legend .ferry { border-top-style: dashed; }
.legend .border { height: 3px; margin-bottom: 4px; background: #1b1f24; border: 0; }
</style>
""" % (SEA, INK)  # noqa: UP031 - braces of CSS stay readable


class _Furniture(MacroElement):
    """Scale, legend, whose borders these are, and names that show when near."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        (function (map) {
          L.control.scale({imperial: false}).addTo(map);
          map.attributionControl.setPrefix("Leaflet").addAttribution({{ this.source|tojson }});
          map.getContainer().setAttribute("role", "region");
          map.getContainer().setAttribute("aria-label", {{ this.summary|tojson }});
          const legend = L.control({position: "topright"});
          legend.onAdd = function () {
            const box = L.DomUtil.create("details", "legend");
            box.innerHTML = {{ this.legend|tojson }};
            return box;
          };
          legend.addTo(map);
          function names() {
            const zoom = Math.floor(map.getZoom()) - {{ this.first_zoom }};
            for (const label of map.getContainer().querySelectorAll(".label")) {
              const spots = JSON.parse(label.dataset.spots);
              const spot = spots[Math.min(Math.max(zoom, 0), spots.length - 1)];
              const name = label.querySelector(".place");
              label.hidden = !spot;
              if (!spot) continue;
              const [x, y, moved, ...line] = spot;
              name.style.transform = `translate(${x}px, ${y}px) translateX(${moved}%)`;
              ["x1", "y1", "x2", "y2"].forEach((side, place) =>
                label.querySelector("line").setAttribute(side, line[place] ?? 0));
            }
          }
          map.on("zoomend", names);
          map.whenReady(names);
        })({{ this._parent.get_name() }});
        {% endmacro %}"""
    )

    def __init__(self, drawing: Drawing, zoom: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.source, self.summary, self.first_zoom = drawing.attribution, drawing.summary, zoom
        lines = "".join(_legend_line(entry) for entry in drawing.legend)
        self.legend = f"<summary>{escape(text('map.legend'))}</summary><ul>{lines}</ul>"


def _legend_line(entry: LegendEntry) -> str:
    style = f' style="background:{entry.fill}"' if entry.fill else ""
    return f'<li><i class="{entry.mark}"{style}></i>{escape(entry.label)}</li>'


class RegionMap(folium.Map):
    """A folium map that takes Leaflet from the package instead of from a content network."""

    def __init__(
        self,
        bounds: list[list[float]],
        drawing: Drawing,
        zoom: int,
        leaflet_folder: str | None = None,
    ) -> None:
        """Show an area.

        Parameters
        ----------
        bounds : south-west and north-east corner, each latitude and longitude in degrees.
        zoom : from which on names have spots of their own.
        drawing : whose legend, attribution and text alternative the map bears.
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
        self.add_child(_Furniture(drawing, zoom))
        self.get_root().header.add_child(folium.Element(STYLE))  # type: ignore[attr-defined]


def map_page(drawing: Drawing, bundle: Bundle, leaflet_folder: str | None = None) -> str:
    """Render a drawing as one page that needs nothing else, or only Leaflet's folder.

    Padlocks and hatching are for pages where plans are made; the page shows the rest.
    """
    ground = region_ground(bundle, drawing.codes)
    shapes = in_degrees(ground.shapes)
    west, south, east, north = (float(side) for side in shapes.total_bounds)
    spots = ground.centres.to_crs(4326)
    centres = dict(zip(ground.names, zip(spots.y, spots.x, strict=True), strict=True))
    zoom = first_zoom(list(centres.values()))
    canvas = RegionMap([[south, west], [north, east]], drawing, zoom, leaflet_folder)
    outside = shapely.MultiPolygon(shapely.get_parts([*ground.around, *ground.abroad]).tolist())
    around = gpd.GeoSeries([outside], crs=ground.shapes.crs)
    style = {"fillColor": OUTSIDE, "fillOpacity": 1, "color": BORDER, "weight": 0.4}
    _add_shapes(canvas, in_degrees(around), style)
    _add_countries(canvas, ground)
    layer = folium.FeatureGroup(name="plan")
    layer.add_to(canvas)
    _add_polygons(layer, drawing, shapes)
    _add_roads(layer, drawing)
    seams = [ground.in_metres(line) for line in ground.seams(drawing.groups)]
    if seams:
        lines = in_degrees(gpd.GeoSeries([shapely.MultiLineString(seams)], crs=ground.shapes.crs))
        _add_shapes(layer, lines, {"color": INK, "weight": 2.2, "opacity": 0.9})
    _add_places(layer, drawing, centres, ground.towns)
    return _numbered(str(canvas.get_root().render()))


def plan_features(instance: Instance, plan: Plan, bundle: Bundle) -> Features:
    """Return a plan as GeoJSON: a feature a municipality, with its figures, in degrees."""
    table = municipality_table(instance, plan).replace([np.inf], np.nan)
    table["exempt"] = table["host_code"].isin(plan.exempt)
    rows = table.astype(object).where(table.notna(), None).to_dict("index")
    rows = {code: {"code": code, **row} for code, row in rows.items()}
    shapes = in_degrees(region_ground(bundle, tuple(instance.codes)).shapes)
    return _with_properties(shapes, rows)


def _with_properties(shapes: gpd.GeoSeries, rows: Mapping[Any, Mapping[Any, Any]]) -> Features:
    """Return polygons as GeoJSON, each with its row of properties."""
    features = dict(gpd.GeoDataFrame(geometry=shapes).to_geo_dict(drop_id=True))
    for code, feature in zip(shapes.index, features["features"], strict=True):
        feature["properties"] = rows[code]
    return features


def _numbered(page: str) -> str:
    """Replace folium's random identifiers by numbers, so that the same plan gives the same page."""
    found = dict.fromkeys(re.findall(r"[0-9a-f]{32}", page))
    numbers = {identifier: f"{place:032d}" for place, identifier in enumerate(found)}
    return re.sub(r"[0-9a-f]{32}", lambda match: numbers[match.group()], page)


def _add_shapes(
    parent: folium.Map | folium.FeatureGroup, shapes: gpd.GeoSeries, style: Style
) -> None:
    folium.GeoJson(shapes, style_function=lambda _feature: style, interactive=False).add_to(parent)


def _add_countries(canvas: folium.Map, ground: Ground) -> None:
    places = ground.countries(0, ground.size)
    points = [shapely.Point(ground.in_metres(np.array(place[:2]))) for place in places.values()]
    spots = gpd.GeoSeries(points, crs=CRS_EPSG).to_crs(4326)
    for country, lat, lon in zip(places, spots.y, spots.x, strict=True):
        name = escape(text(f"map.country.{country}"))
        icon = folium.DivIcon(
            html=f'<i class="place member">{name}</i>', icon_size=(0, 0), class_name="place-label"
        )
        folium.Marker((lat, lon), icon=icon, interactive=False).add_to(canvas)


def _add_polygons(layer: folium.FeatureGroup, drawing: Drawing, shapes: gpd.GeoSeries) -> None:
    properties = {
        code: {"colour": drawing.fills[code], "tooltip": _tooltip(drawing.tooltips[code])}
        for code in drawing.codes
    }
    folium.GeoJson(
        _with_properties(shapes, properties),
        style_function=_style,
        highlight_function=lambda _feature: {"weight": 3, "color": INK},
        tooltip=folium.GeoJsonTooltip(fields=["tooltip"], labels=False, sticky=True),
    ).add_to(layer)


def _style(feature: dict[str, Any]) -> Style:
    colour = feature["properties"]["colour"]
    return {
        "fillColor": colour,
        "fillOpacity": 0.9,
        "color": BORDER,
        "weight": 0.7,
        "className": "municipality",
    }


def _tooltip(words: str) -> str:
    """Write a tooltip as HTML; everything in it is escaped."""
    name, *lines = (escape(line) for line in words.split("\n"))
    return "<br>".join([f"<b>{name}</b>", *lines])


def _add_places(
    layer: folium.FeatureGroup,
    drawing: Drawing,
    centres: Mapping[str, tuple[float, float]],
    towns: Sequence[str],
) -> None:
    """Draw ways, and over them marks and names, in the order that labels matter."""
    if drawing.ways:
        ways = [_along(drawing, centres, *way) for way in drawing.ways]
        folium.PolyLine(  # type: ignore[no-untyped-call]
            ways, color=INK, weight=1.6, opacity=0.65, className="mark"
        ).add_to(layer)
    spots = page_spots(drawing, centres, towns)
    for code in reversed(list(drawing.labels)):
        kind = "host" if code in drawing.hosts else "member"
        icon = folium.DivIcon(
            html=f"{_mark(drawing, code)}{_name(drawing.labels[code][0], kind, spots[code])}",
            icon_size=(0, 0),
            class_name="place-label",
        )
        folium.Marker(centres[code], icon=icon, interactive=False).add_to(layer)


def _mark(drawing: Drawing, code: str) -> str:
    half = MARK_PX / 2
    if code in drawing.hosts:
        drawn = ring(half, half, drawing.sizes.get(code, 1.0))
    else:
        drawn = dot(half, half, drawing.open_share.get(code, 1.0))
    style = f"position:absolute;left:{-half:g}px;top:{-half:g}px"
    return f'<svg width="{MARK_PX}" height="{MARK_PX}" style="{style}">{drawn}</svg>'


def _name(words: str, kind: str, spots: Sequence[PageSpot | None]) -> str:
    return (
        f'<div class="label" data-spots="{escape(json.dumps(spots, separators=(",", ":")))}">'
        '<svg width="1" height="1"><line/></svg>'
        f'<span class="place {kind}">{escape(words)}</span></div>'
    )


def _add_roads(layer: folium.FeatureGroup, drawing: Drawing) -> None:
    for dashes in ("", "4 3"):
        lines = [
            [(lat, lon) for lon, lat in road.ends]
            for road in drawing.roads
            if (road.mode != "road") == bool(dashes)
        ]
        if lines:
            folium.PolyLine(  # type: ignore[no-untyped-call]
                lines, color=ROAD, weight=1, dash_array=dashes, className="mark"
            ).add_to(layer)


def _along(
    drawing: Drawing, centres: Mapping[str, tuple[float, float]], member: str, host: str
) -> list[tuple[float, float]]:
    between = [(lat, lon) for lon, lat in drawing.via.get(member, ())]
    return [centres[member], *between, centres[host]]


@lru_cache(maxsize=4)
def _asset(name: str, folder: str | None) -> str:
    if folder is not None:
        return f"{folder}/{name}"
    kind = "text/javascript" if name.endswith(".js") else "text/css"
    content = resources.files("planner.present.maps").joinpath("leaflet", name).read_bytes()
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
