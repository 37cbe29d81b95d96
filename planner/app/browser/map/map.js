// The map of a region: draws a land once, and whatever drawing comes on it.

import { attend, boardOf, leave } from "../board.js";
import { element, svg } from "../dom.js";
import { Furniture } from "./furniture.js";
import { Gestures } from "./gestures.js";
import { Ground } from "./ground.js";
import { Keys } from "./keys.js";
import { Labels } from "./labels.js";
import { frameHeight, View } from "./view.js";

/** @import { Call, Land, MapLetter, MapOptions, Metres, Point } from "../types.js" */

const REPORT_AFTER_MS = 500;

/** @type {WeakMap<ShadowRoot, RegionMap>} */
const mounted = new WeakMap();

/** @param {Call<MapOptions>} call */
export default function ({ data, parentElement, setTriggerValue }) {
  const map = mounted.get(parentElement) ?? new RegionMap(parentElement);
  mounted.set(parentElement, map);
  map.report = (codes) => setTriggerValue("picked", codes);
  map.mount(data);
  return () => {
    mounted.delete(parentElement);
    map.remove();
  };
}

export class RegionMap {
  /** @type {MapOptions} */ options;
  /** @type {Land} */ land;
  /** @type {View} */ view;
  /** @type {SVGSVGElement} */ canvas;
  /** @type {Ground} */ ground;
  /** @type {Labels} */ labels;
  /** @type {SVGPathElement} */ loop;
  /** @type {Furniture} */ furniture;
  /** @type {Keys} */ keys;
  /** @type {MapLetter | undefined} */ drawing;
  /** @type {Set<string>} */ selected = new Set();
  /** @type {(codes: string[]) => void} */ report;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ pending;

  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.root = element("div", { class: "map" });
    this.frame = element("div", { class: "frame" });
    this.legend = element("ul", { class: "legend" });
    this.root.append(this.frame, this.legend);
    parent.append(this.root);
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(this.frame);
  }

  /**
   * Be mounted, at every run; anything but a new size or link makes the map anew, at the same view.
   * @param {MapOptions} options
   */
  mount(options) {
    const before = this.options;
    this.options = options;
    const sameLand = before?.land.id === options.land.id;
    if (sameLand && before.language === options.language && before.pick === options.pick) {
      this.resized();
      return;
    }
    if (!sameLand) {
      this.land = options.land;
      this.view = new View(this.land);
    }
    this.build();
    attend("maps", options.map, this);
  }

  remove() {
    this.watcher.disconnect();
    clearTimeout(this.pending);
    leave("maps", this.options.map, this);
    this.root.remove();
  }

  // --- the land ---------------------------------------------------------------------------

  build() {
    this.canvas = svg("svg", { class: "canvas", tabindex: 0 });
    this.frame.dataset.pick = this.options.pick;
    this.ground = new Ground(this.land);
    const places = svg("g", { class: "places", "aria-hidden": "true" });
    this.labels = new Labels(this.land, places, this.options.texts);
    this.loop = svg("path", { class: "loop" });
    this.canvas.append(this.ground.defs, this.ground.root, places, this.loop);
    this.furniture = new Furniture(this);
    this.frame.replaceChildren(this.canvas, ...this.furniture.parts);
    this.frame.classList.toggle("lassoing", this.furniture.brushing);
    new Gestures(this);
    this.keys = new Keys(this);
    this.resized();
  }

  resized() {
    if (!this.view) return;
    const height = frameHeight(this.land, this.frame.clientWidth, this.options.height_px);
    this.frame.style.height = `${height}px`;
    this.view.resize(this.frame.clientWidth, this.frame.clientHeight);
    this.arrange();
  }

  arrange() {
    this.ground.arrange(this.view);
    this.labels.arrange(this.view);
    this.furniture.scale(this.view);
  }

  // --- a drawing --------------------------------------------------------------------------

  /** @param {MapLetter} drawing */
  receive(drawing) {
    if (drawing.land !== this.land.id) return;
    const first = this.drawing?.land !== drawing.land;
    this.drawing = drawing;
    const before = [...this.selected];
    this.selected = new Set(drawing.selected.filter((code) => this.land.codes.includes(code)));
    this.ground.paint(drawing);
    this.labels.draw(drawing);
    this.furniture.explain(drawing);
    this.keys.describe(drawing);
    this.outline();
    if (first) this.begin(drawing.view);
    this.arrange();
    const [found] = this.selected;
    if (this.options.pick === "paint" && found && found !== before[0]) this.bringIntoSight(found);
  }

  outline() {
    this.ground.outline(this.selected);
    this.keys.describeSelection();
  }

  // --- moving -----------------------------------------------------------------------------

  /**
   * Show what the land's neighbour on the page shows, or else what the address asks for.
   * @param {Metres | null} view
   */
  begin(view) {
    const [neighbour] = this.linked();
    if (neighbour) this.view.show(neighbour.view.metres());
    else if (view) this.view.show(view);
  }

  /** @returns {RegionMap[]} */
  linked() {
    const { link } = this.options;
    if (!link) return [];
    return [...boardOf("maps").hosts.values()].filter(
      (map) =>
        map !== this && map.options.link === link && map.land.id === this.land.id && map.drawing,
    );
  }

  /** After the reader moved the view: the linked maps follow, and the address is told later. */
  moved() {
    this.arrange();
    const metres = this.view.metres();
    for (const map of this.linked()) {
      map.view.show(metres);
      map.arrange();
    }
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.drawing?.reportView(metres ?? "all"), REPORT_AFTER_MS);
  }

  /**
   * @param {number} factor
   * @param {Point} [at]
   */
  zoom(factor, at) {
    this.view.zoomBy(factor, at);
    this.moved();
  }

  /** @param {string} code */
  spotOf(code) {
    return this.view.toScreen(this.land.centres[this.land.codes.indexOf(code)]);
  }

  /** @param {string} code */
  bringIntoSight(code) {
    const [left, top] = this.spotOf(code);
    const [width, height] = this.view.size;
    if (left >= 0 && top >= 0 && left <= width && top <= height) return;
    this.view.panBy(left - width / 2, top - height / 2);
    this.moved();
  }

  hasFocus() {
    const root = /** @type {ShadowRoot} */ (this.frame.getRootNode());
    return this.frame.contains(root.activeElement);
  }

  reset() {
    this.view.fit();
    this.moved();
  }

  // --- picking ----------------------------------------------------------------------------

  /**
   * Pick one municipality, or drop it if it was picked; of several, all are picked. What is
   * painted is only told.
   * @param {string[]} codes
   */
  pick(codes) {
    const { pick } = this.options;
    if (pick === "none" || codes.length === 0) return;
    if (pick === "one" || pick === "paint") {
      this.report(pick === "one" ? codes.slice(0, 1) : codes);
      return;
    }
    const kept = new Set(this.selected);
    const dropped = codes.length === 1 && kept.delete(codes[0]);
    if (!dropped) for (const code of codes) kept.add(code);
    this.selected = kept;
    this.outline();
    this.report([...kept]);
  }
}
