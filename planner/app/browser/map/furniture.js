// What stands on the map beside the land: buttons, scale, source, tooltip and legend.

import { element, svg } from "../dom.js";
import { clamp, roundBelow } from "./arithmetic.js";
import { LOCK } from "./labels.js";
import { locator } from "./locator.js";
import { memberMark } from "./marks.js";
import { PATTERNS } from "./patterns.js";

/** @import { Drawing, LegendEntry, Point } from "../types.js" */
/** @import { RegionMap } from "./map.js" */
/** @import { View } from "./view.js" */

const MOST_SCALE_PX = 120;
const ICONS = {
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  whole: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  brush: "M20 4L10 14M10 14c-3-1-6 1-6 6 4 1 8-1 8-4z",
  lasso: "M7 15c-3-1-4-3-3-6 1-3 5-5 10-4 5 0 7 4 5 7s-6 5-10 4c-2 0-2-3 0-3s3 4-1 8",
};

export class Furniture {
  /** @param {RegionMap} map */
  constructor(map) {
    this.map = map;
    this.told = "";
    const { texts, pick } = map.options;
    this.tip = element("div", { class: "tip", role: "tooltip", id: "tip" });
    this.tip.hidden = true;
    this.bar = element("span", { class: "bar" });
    this.length = element("span", { class: "length" });
    const scale = element("div", { class: "scale" });
    scale.append(this.bar, this.length);
    const tools = element("div", { class: "tools" });
    tools.append(
      button("plus", texts.zoom_in, () => map.zoom(2)),
      button("minus", texts.zoom_out, () => map.zoom(0.5)),
      button("whole", texts.reset, () => map.reset()),
    );
    if (pick === "many") {
      this.lasso = button("lasso", texts.lasso, () => this.toggleLasso(!this.lassoing));
      this.lasso.setAttribute("aria-pressed", "false");
      tools.append(this.lasso);
    }
    if (pick === "paint") {
      this.brush = button("brush", texts.brush, () => this.toggleBrush(!this.brushing));
      this.toggleBrush(true);
      tools.append(this.brush);
    }
    this.hint = element("div", { class: "hint" }, texts.wheel_hint);
    const source = element("div", { class: "source" }, texts.source);
    const stamp = locator(map.land);
    this.parts = [tools, scale, source, ...(stamp ? [stamp] : []), this.hint, this.tip];
  }

  /** @param {boolean} on */
  toggleLasso(on) {
    this.lasso?.setAttribute("aria-pressed", String(on));
    this.map.frame.classList.toggle("lassoing", on);
  }

  get lassoing() {
    return this.lasso?.getAttribute("aria-pressed") === "true";
  }

  /** @param {boolean} on */
  toggleBrush(on) {
    this.brush?.setAttribute("aria-pressed", String(on));
    this.map.frame.classList.toggle("lassoing", on);
  }

  get brushing() {
    return this.brush?.getAttribute("aria-pressed") === "true";
  }

  /** @param {View} view */
  scale(view) {
    const km = ((view.land.grid_m / view.scale) * MOST_SCALE_PX) / 1000;
    const round = roundBelow(km);
    this.bar.style.width = `${(round / km) * MOST_SCALE_PX}px`;
    this.length.textContent = `${round.toLocaleString(this.map.options.language)} km`;
  }

  /** @param {Drawing} drawing */
  explain(drawing) {
    this.map.legend.setAttribute("aria-label", this.map.options.texts.legend);
    this.map.legend.replaceChildren(
      ...drawing.legend.map((entry) => {
        const line = element("li");
        line.append(sample(entry), element("span", {}, entry.label));
        return line;
      }),
    );
  }

  // --- the tooltip: only ever text ------------------------------------------------------------

  /**
   * @param {string} code
   * @param {Point} at
   */
  tell(code, [left, top]) {
    const { drawing, options, view } = this.map;
    const words = drawing?.tooltips[code];
    this.told = code;
    this.tip.hidden = !words;
    if (!drawing || !words) return;
    const [name, ...lines] = words.split("\n");
    const mark = drawing.locked.includes(code) ? ` (${options.texts.is_locked})` : "";
    this.tip.replaceChildren(
      element("strong", {}, name + mark),
      ...lines.map((line) => element("div", {}, line)),
    );
    const [width, height] = view.size;
    const beside = left + 16 + this.tip.offsetWidth > width;
    const x = beside ? left - 16 - this.tip.offsetWidth : left + 16;
    const y = clamp(top + 16, 4, Math.max(height - this.tip.offsetHeight - 4, 4));
    this.tip.style.left = `${clamp(x, 4, Math.max(width - this.tip.offsetWidth - 4, 4))}px`;
    this.tip.style.top = `${y}px`;
  }

  hush() {
    this.told = "";
    this.tip.hidden = true;
  }

  /** Say for a moment how the wheel zooms. */
  hintAtWheel() {
    this.hint.classList.add("shown");
    clearTimeout(this.hinted);
    this.hinted = setTimeout(() => this.hint.classList.remove("shown"), 1500);
  }
}

/**
 * @param {keyof typeof ICONS} icon
 * @param {string} label
 * @param {() => void} act
 */
function button(icon, label, act) {
  const made = element("button", { type: "button", "aria-label": label, title: label });
  const picture = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  picture.append(svg("path", { d: ICONS[icon] }));
  made.append(picture);
  made.addEventListener("click", act);
  return made;
}

/** @param {LegendEntry} entry */
function sample({ mark, fill, pattern }) {
  const box = svg("svg", { viewBox: "0 0 22 16", class: `sample ${mark}`, "aria-hidden": "true" });
  if (mark === "area") box.append(...areaSample(fill, pattern));
  else if (mark === "host") box.append(svg("circle", { class: "mark", cx: 11, cy: 8, r: 5.5 }));
  else if (mark === "border") box.append(svg("path", { class: "line", d: "M0 11L8 5L14 10L22 4" }));
  else if (mark === "road" || mark === "ferry") {
    box.append(svg("path", { class: mark, d: "M0 8H22" }));
  } else if (mark === "days") {
    const group = svg("g", { transform: "translate(11 8)" });
    group.append(...memberMark(5, 0.4));
    box.append(group);
  } else if (mark === "locked") {
    box.append(svg("path", { class: "lock", d: LOCK, transform: "translate(11 8)" }));
  } else if (mark === "member") {
    box.append(
      svg("path", { class: "way", d: "M6 8H22" }),
      svg("circle", { class: "mark", cx: 6, cy: 8, r: 4 }),
    );
  }
  return box;
}

/**
 * @param {LegendEntry["fill"]} fill
 * @param {LegendEntry["pattern"]} pattern
 */
function areaSample(fill, pattern) {
  const area = svg("rect", { x: 1, y: 1, width: 20, height: 14, rx: 2 });
  area.style.fill = fill || "none";
  if (!pattern) return [area];
  const clip = svg("svg", { x: 1, y: 1, width: 20, height: 14, viewBox: "0 0 20 14" });
  for (const transform of ["0 0", "10 0", "0 10", "10 10"].map((to) => `translate(${to})`)) {
    clip.append(svg("path", { class: "stroke", d: PATTERNS[pattern], transform }));
  }
  return [area, clip];
}
