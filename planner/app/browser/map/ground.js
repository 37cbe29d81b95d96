// What is drawn in the land's own measure: municipalities, borders, ways, hatches, outlines.

import { svg } from "../dom.js";
import { seams, shapePath } from "./land.js";
import { PATTERNS } from "./patterns.js";

/** @import { Drawing, Land } from "../types.js" */
/** @import { View } from "./view.js" */

export class Ground {
  /** @param {Land} land */
  constructor(land) {
    const { codes, shapes, around } = land;
    this.land = land;
    this.seams = seams(shapes);
    this.paths = new Map(codes.map((code, place) => [code, shapePath(shapes[place])]));
    this.shapes = new Map(
      [...this.paths].map(([code, d]) => [
        code,
        svg("path", { class: "municipality", "data-code": code, d }),
      ]),
    );
    this.hatches = svg("g", { class: "hatches" });
    this.borders = svg("path", { class: "borders" });
    this.ways = ["ways under", "ways"].map((line) => svg("path", { class: line }));
    this.roads = svg("path", { class: "road" });
    this.ferries = svg("path", { class: "ferry" });
    this.selection = svg("g", { class: "outlines" });
    this.focus = svg("g", { class: "outlines focus" });
    this.root = svg("g", { class: "ground" });
    this.root.append(
      svg("path", { class: "around", d: shapePath(around) }),
      ...this.shapes.values(),
      this.hatches,
      this.roads,
      this.ferries,
      this.borders,
      ...this.ways,
      this.selection,
      this.focus,
    );
    this.patterns = Object.entries(PATTERNS).map(([name, path]) => patternTile(name, path));
    this.defs = svg("defs");
    this.defs.append(...this.patterns);
  }

  /** @param {View} view */
  arrange(view) {
    this.root.setAttribute("transform", view.transform());
    const shrink = `scale(${1 / view.scale})`;
    for (const pattern of this.patterns) pattern.setAttribute("patternTransform", shrink);
  }

  /** @param {Drawing} drawing */
  paint({ fills, locked, patterns, groups, ways, via, roads }) {
    for (const [code, shape] of this.shapes) {
      shape.style.fill = fills[code] ?? "";
      shape.classList.toggle("locked", locked.includes(code));
    }
    this.hatches.replaceChildren(
      ...Object.entries(patterns).map(([code, pattern]) =>
        svg("path", { d: this.pathOf(code), fill: `url(#pattern-${pattern})` }),
      ),
    );
    const { codes, centres } = this.land;
    const borders = this.seams.filter(
      ([one, other]) => groups[codes[one]] !== groups[codes[other]],
    );
    this.borders.setAttribute("d", borders.map((seam) => seam[2]).join(""));
    const centre = new Map(codes.map((code, place) => [code, centres[place].join(" ")]));
    const lines = ways.map(
      ([member, host]) =>
        `M${[centre.get(member), ...(via[member] ?? []), centre.get(host)].join(" ")}`,
    );
    this.roads.setAttribute("d", roadPath(roads.filter(([mode]) => mode === "road")));
    this.ferries.setAttribute("d", roadPath(roads.filter(([mode]) => mode !== "road")));
    for (const path of this.ways) path.setAttribute("d", lines.join(""));
  }

  /** @param {Iterable<string>} codes - of municipalities that are picked */
  outline(codes) {
    this.selection.replaceChildren(...[...codes].flatMap((code) => this.doubleLine(code)));
  }

  /** @param {string | null} code - of the municipality that has focus */
  outlineFocus(code) {
    this.focus.replaceChildren(...(code ? this.doubleLine(code) : []));
  }

  /** @param {string} code */
  doubleLine(code) {
    const d = this.pathOf(code);
    return [svg("path", { class: "under", d }), svg("path", { class: "over", d })];
  }

  /** @param {string} code */
  pathOf(code) {
    return this.paths.get(code) ?? "";
  }
}

/** @param {Drawing["roads"]} roads */
function roadPath(roads) {
  return roads.map(([, ...ends]) => `M${ends.join(" ")}`).join("");
}

/**
 * @param {string} name
 * @param {string} path
 */
function patternTile(name, path) {
  const size = { width: 10, height: 10, patternUnits: "userSpaceOnUse" };
  const pattern = svg("pattern", { id: `pattern-${name}`, ...size });
  pattern.append(svg("path", { class: "stroke", d: path }));
  return pattern;
}
