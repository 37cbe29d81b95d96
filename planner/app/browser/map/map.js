// The map of a region: draws a land once, and whatever drawing comes on it.

const REPORT_AFTER_MS = 500;
const PATTERNS = {
  lines: "M0 10L10 0M-2 2L2 -2M8 12L12 8",
  dots: "M2 2h2v2h-2zM7 7h2v2h-2z",
  cross: "M5 1v8M1 5h8",
  waves: "M0 5q2.5 -4 5 0t5 0",
};

const board = (globalThis.kontorplan ??= { maps: new Map(), drawings: new Map() });
const mounted = new WeakMap();

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

class RegionMap {
  constructor(parent) {
    this.root = element("div", { class: "map" });
    this.frame = element("div", { class: "frame" });
    this.legend = element("ul", { class: "legend" });
    this.root.append(this.frame, this.legend);
    parent.append(this.root);
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(this.frame);
    this.selected = new Set();
  }

  // Called at every run; anything but a new size or link makes the map anew, at the same view.
  mount(data) {
    const before = this.options;
    this.options = data;
    this.frame.style.height = `${data.height_px}px`;
    const sameLand = before?.land.id === data.land.id;
    if (sameLand && before.language === data.language && before.pick === data.pick) return;
    if (!sameLand) {
      this.land = data.land;
      this.view = new View(this.land);
    }
    this.build();
    board.maps.set(data.map, this);
    const drawing = board.drawings.get(data.map);
    if (drawing) this.paint(drawing);
  }

  remove() {
    this.watcher.disconnect();
    clearTimeout(this.pending);
    if (board.maps.get(this.options.map) === this) board.maps.delete(this.options.map);
    this.root.remove();
  }

  // --- the land ---------------------------------------------------------------------------

  build() {
    const { land } = this;
    this.seams = seams(land.shapes);
    this.canvas = svg("svg", { class: "canvas", tabindex: 0 });
    this.ground = svg("g", { class: "ground" });
    this.patterns = Object.entries(PATTERNS).map(([name, path]) => {
      const pattern = svg("pattern", {
        id: `pattern-${name}`,
        width: 10,
        height: 10,
        patternUnits: "userSpaceOnUse",
      });
      pattern.append(svg("path", { class: "stroke", d: path }));
      return pattern;
    });
    const defs = svg("defs");
    defs.append(...this.patterns);
    this.shapes = new Map(
      land.codes.map((code, place) => [
        code,
        svg("path", { class: "municipality", "data-code": code, d: shapePath(land.shapes[place]) }),
      ]),
    );
    this.hatches = svg("g", { class: "hatches" });
    this.borders = svg("path", { class: "borders" });
    this.ways = ["ways under", "ways"].map((line) => svg("path", { class: line }));
    this.outlines = svg("g", { class: "outlines" });
    this.focus = svg("g", { class: "outlines focus" });
    this.ground.append(
      svg("path", { class: "around", d: shapePath(land.around) }),
      ...this.shapes.values(),
      this.hatches,
      this.borders,
      ...this.ways,
      this.outlines,
      this.focus,
    );
    const places = svg("g", { class: "places", "aria-hidden": "true" });
    this.labels = new Labels(land, places);
    this.loop = svg("path", { class: "loop" });
    this.canvas.append(defs, this.ground, places, this.loop);
    this.furniture = new Furniture(this);
    this.frame.replaceChildren(this.canvas, ...this.furniture.parts);
    new Gestures(this);
    this.keys = new Keys(this);
    this.resized();
  }

  resized() {
    if (!this.view) return;
    this.view.resize(this.frame.clientWidth, this.frame.clientHeight);
    this.arrange();
  }

  arrange() {
    this.ground.setAttribute("transform", this.view.transform());
    const shrink = `scale(${1 / this.view.scale})`;
    for (const pattern of this.patterns) pattern.setAttribute("patternTransform", shrink);
    this.labels.arrange(this.view);
    this.furniture.scale(this.view);
  }

  // --- a drawing --------------------------------------------------------------------------

  paint(drawing) {
    if (drawing.land !== this.land.id) return;
    const first = this.drawing === undefined || this.drawing.land !== drawing.land;
    this.drawing = drawing;
    this.selected = new Set(drawing.selected.filter((code) => this.shapes.has(code)));
    for (const [code, shape] of this.shapes) {
      shape.style.fill = drawing.fills[code] ?? "";
      shape.classList.toggle("locked", drawing.locked.includes(code));
    }
    this.hatches.replaceChildren(...Object.entries(drawing.patterns).map(([code, pattern]) =>
      svg("path", { d: this.shapes.get(code).getAttribute("d"), fill: `url(#pattern-${pattern})` }),
    ));
    this.drawLines();
    this.labels.draw(drawing);
    this.furniture.explain(drawing);
    this.keys.describe();
    this.outline();
    if (first) this.begin(drawing.view);
    this.arrange();
  }

  drawLines() {
    const { codes, centres } = this.land;
    const { groups, ways } = this.drawing;
    const apart = ([one, other]) => groups[codes[one]] !== groups[codes[other]];
    this.borders.setAttribute("d", this.seams.filter(apart).map((seam) => seam[2]).join(""));
    const centre = new Map(codes.map((code, place) => [code, centres[place].join(" ")]));
    const lines = ways.map(([member, host]) => `M${centre.get(member)}L${centre.get(host)}`);
    for (const path of this.ways) path.setAttribute("d", lines.join(""));
  }

  outline() {
    this.outlines.replaceChildren(...[...this.selected].flatMap((code) => this.doubleLine(code)));
    this.keys.describeSelection();
  }

  outlineFocus(code) {
    this.focus.replaceChildren(...(code ? this.doubleLine(code) : []));
  }

  doubleLine(code) {
    const d = this.shapes.get(code).getAttribute("d");
    return [svg("path", { class: "under", d }), svg("path", { class: "over", d })];
  }

  // --- moving -----------------------------------------------------------------------------

  // A new land shows what its neighbour on the page shows, or else what the address asks for.
  begin(view) {
    const [neighbour] = this.linked();
    if (neighbour) this.view.show(neighbour.view.metres());
    else if (view) this.view.show(view);
  }

  linked() {
    const { link } = this.options;
    if (!link) return [];
    return [...board.maps.values()].filter(
      (map) => map !== this && map.options.link === link && map.land.id === this.land.id && map.drawing,
    );
  }

  // After the reader moved the view: the linked maps follow, and the address is told later.
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

  zoom(factor, at) {
    this.view.zoomBy(factor, at);
    this.moved();
  }

  spotOf(code) {
    return this.view.toScreen(this.land.centres[this.land.codes.indexOf(code)]);
  }

  bringIntoSight(code) {
    const [left, top] = this.spotOf(code);
    const [width, height] = this.view.size;
    if (left >= 0 && top >= 0 && left <= width && top <= height) return;
    this.view.panBy(left - width / 2, top - height / 2);
    this.moved();
  }

  hasFocus() {
    return this.frame.contains(this.frame.getRootNode().activeElement);
  }

  reset() {
    this.view.fit();
    this.moved();
  }

  // --- picking ----------------------------------------------------------------------------

  pick(codes, { add = false } = {}) {
    const { pick } = this.options;
    if (pick === "none" || codes.length === 0) return;
    if (pick === "one") this.report(codes.slice(0, 1));
    else {
      const kept = new Set(add ? this.selected : []);
      const undone = add && codes.length === 1 && kept.delete(codes[0]);
      if (!undone) codes.forEach((code) => kept.add(code));
      this.selected = kept;
      this.outline();
      this.report([...kept]);
    }
  }
}
