// Keyboard and screen reader: what the map is called, what has focus, what keys do.

import { nearestTowards } from "./arithmetic.js";
import { codeAt } from "./gestures.js";

/** @import { Drawing, Point } from "../types.js" */
/** @import { RegionMap } from "./map.js" */

const STEP_PX = 80;
/** @type {Record<string, Point>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class Keys {
  /** @param {RegionMap} map */
  constructor(map) {
    this.map = map;
    this.picks = map.options.pick !== "none";
    const { canvas, options } = map;
    canvas.setAttribute("role", this.picks ? "listbox" : "group");
    canvas.setAttribute("tabindex", "-1"); // its municipalities are reached, one at a time
    canvas.setAttribute("aria-label", this.help); // until a drawing says what is shown
    canvas.setAttribute("aria-keyshortcuts", "+ - 0");
    if (options.pick === "many") canvas.setAttribute("aria-multiselectable", "true");
    canvas.addEventListener("keydown", (event) => this.press(event));
    canvas.addEventListener("focusin", (event) => this.focused(event.target));
    canvas.addEventListener("focusout", () => this.blurred());
    for (const shape of map.ground.shapes.values()) {
      shape.setAttribute("role", this.picks ? "option" : "img");
    }
    this.rove(map.land.codes[0]);
  }

  get help() {
    const { texts } = this.map.options;
    const { pick } = this.map.options;
    const picks = texts.keys_pick;
    return { none: texts.keys, one: texts.keys_open, many: picks, paint: texts.keys_paint }[pick];
  }

  /** @param {Drawing} drawing */
  describe(drawing) {
    const { ground, options, canvas } = this.map;
    canvas.setAttribute("aria-label", `${drawing.summary} ${this.help}`);
    for (const [code, shape] of ground.shapes) {
      const locked = drawing.locked.includes(code) ? ` (${options.texts.is_locked})` : "";
      const [name, ...lines] = (drawing.tooltips[code] ?? "").split("\n");
      shape.setAttribute("aria-label", [name + locked, ...lines].join(". "));
    }
  }

  describeSelection() {
    if (!this.picks) return;
    for (const [code, shape] of this.map.ground.shapes) {
      shape.setAttribute("aria-selected", String(this.map.selected.has(code)));
    }
  }

  /**
   * Let one municipality be reached by Tab, the others from it by arrows.
   * @param {string} code
   */
  rove(code) {
    for (const [other, shape] of this.map.ground.shapes) {
      shape.setAttribute("tabindex", other === code ? "0" : "-1");
    }
  }

  /** @param {EventTarget | null} target */
  focused(target) {
    const code = codeAt(target);
    if (!code || !(/** @type {Element} */ (target).matches(":focus-visible"))) return;
    this.rove(code);
    this.map.bringIntoSight(code);
    this.map.furniture.tell(code, this.map.spotOf(code));
    this.map.ground.outlineFocus(code);
  }

  blurred() {
    this.map.furniture.hush();
    this.map.ground.outlineFocus(null);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const act = this.actOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /**
   * Return what a key does; null if nothing.
   * @param {KeyboardEvent} event
   * @returns {(() => void) | null}
   */
  actOf(event) {
    const { map } = this;
    const code = codeAt(event.target);
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    if (event.key in ARROWS) return () => this.arrow(ARROWS[event.key], code);
    if (event.key === "+" || event.key === "=") return () => map.zoom(2);
    if (event.key === "-") return () => map.zoom(0.5);
    if (event.key === "0") return () => map.reset();
    if (event.key === "Escape" && map.furniture.lassoing) {
      return () => map.furniture.toggleLasso(false);
    }
    if (event.key === "Escape" && map.furniture.told) return () => map.furniture.hush();
    if (code && (event.key === "Enter" || event.key === " ")) {
      return () => map.pick([code]);
    }
    return null;
  }

  /**
   * Go to the next municipality, or move the land where none has focus.
   * @param {Point} direction
   * @param {string | undefined} code
   */
  arrow(direction, code) {
    const { land, ground, view } = this.map;
    if (code) {
      const next = nearestTowards(land.centres, land.codes.indexOf(code), direction);
      ground.shapes.get(land.codes[next])?.focus();
      return;
    }
    view.panBy(direction[0] * STEP_PX, direction[1] * STEP_PX);
    this.map.moved();
  }
}
