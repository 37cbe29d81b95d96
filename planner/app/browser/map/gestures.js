// Pointer and wheel: drag pans, pinch zooms, a click picks, a loop picks what is inside.

import { isInside } from "./arithmetic.js";
import { Painting } from "./painting.js";

/** @import { Point } from "../types.js" */
/** @import { RegionMap } from "./map.js" */

const CLICK_PX = 5; // a pointer that moved less has clicked
const LEAST_LOOP_POINTS = 4;

export class Gestures {
  /** @param {RegionMap} map */
  constructor(map) {
    this.map = map;
    /** @type {Map<number, Point>} */
    this.pointers = new Map();
    /** @type {{ code: string | undefined, at: Point, dragged: boolean }} */
    this.pressed = { code: undefined, at: [0, 0], dragged: false };
    /** @type {Point[] | null} */
    this.loop = null;
    this.painting = new Painting(map);
    const { canvas } = map;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.cancel(event));
    canvas.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !this.pointers.size) map.furniture.hush();
    });
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("dblclick", (event) => {
      if (map.options.pick === "none") map.zoom(2, this.spot(event));
    });
  }

  /**
   * @param {MouseEvent} event
   * @returns {Point}
   */
  spot(event) {
    const box = this.map.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button !== 0) return;
    const at = this.spot(event);
    this.pointers.set(event.pointerId, at);
    this.pressed = { code: codeAt(event.target), at, dragged: false };
    if (this.pointers.size > 1 && this.painting.under) this.painting.drop();
    else if (this.painting.on && this.pressed.code) {
      this.map.furniture.hush();
      this.painting.touch(this.pressed.code);
      this.map.canvas.setPointerCapture(event.pointerId);
    }
    if (this.map.furniture.lassoing) {
      this.loop = [at];
      this.map.canvas.setPointerCapture(event.pointerId);
    }
  }

  /** @param {PointerEvent} event */
  move(event) {
    const at = this.spot(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.hover(event, at);
      return;
    }
    if (this.painting.under) this.painting.touchAt(event);
    else if (this.loop) {
      this.loop.push(at);
      this.map.loop.setAttribute("d", `M${this.loop.map((point) => point.join(" ")).join("L")}Z`);
    } else if (this.pointers.size === 1) this.drag(event, before, at);
    else this.pinch(event, before, at);
  }

  /**
   * @param {PointerEvent} event
   * @param {Point} at
   */
  hover(event, at) {
    const code = codeAt(event.target);
    if (code) this.map.furniture.tell(code, at);
    else this.map.furniture.hush();
  }

  /**
   * @param {PointerEvent} event
   * @param {Point} before
   * @param {Point} at
   */
  drag(event, before, at) {
    const { pressed, map } = this;
    const far = Math.hypot(at[0] - pressed.at[0], at[1] - pressed.at[1]) >= CLICK_PX;
    if (!far && !pressed.dragged) return;
    if (!pressed.dragged) map.canvas.setPointerCapture(event.pointerId);
    pressed.dragged = true;
    map.furniture.hush();
    this.pointers.set(event.pointerId, at);
    map.view.panBy(before[0] - at[0], before[1] - at[1]);
    map.moved();
  }

  /**
   * @param {PointerEvent} event
   * @param {Point} before
   * @param {Point} at
   */
  pinch(event, before, at) {
    const [other] = [...this.pointers]
      .filter(([id]) => id !== event.pointerId)
      .map(([, spot]) => spot);
    /** @param {Point} one */
    const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]);
    this.pressed.dragged = true;
    this.pointers.set(event.pointerId, at);
    this.map.view.panBy((before[0] - at[0]) / 2, (before[1] - at[1]) / 2);
    this.map.zoom(apart(at) / Math.max(apart(before), 1), [
      (at[0] + other[0]) / 2,
      (at[1] + other[1]) / 2,
    ]);
  }

  /** @param {PointerEvent} event */
  up(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    const { furniture, options } = this.map;
    // A finger has no hover: its first tap tells, the second one opens.
    const onlyTells = options.pick === "one" && event.pointerType === "touch";
    if (this.painting.under) this.painting.end();
    else if (this.loop) this.closeLoop(this.loop);
    else if (!this.pressed.dragged) {
      const { code, at } = this.pressed;
      if (!code) furniture.hush();
      else {
        const told = furniture.told === code;
        furniture.tell(code, at);
        if (told || !onlyTells) this.map.pick([code]);
      }
    }
  }

  /** @param {PointerEvent} event */
  cancel(event) {
    this.pointers.delete(event.pointerId);
    this.painting.drop();
    this.dropLoop();
  }

  /** @param {Point[]} spots */
  closeLoop(spots) {
    const loop = spots.map((spot) => this.map.view.toLand(spot));
    this.dropLoop();
    this.map.furniture.toggleLasso(false);
    if (loop.length < LEAST_LOOP_POINTS) return;
    const { codes, centres } = this.map.land;
    const inside = codes.filter((_, place) => isInside(centres[place], loop));
    this.map.pick(inside);
  }

  dropLoop() {
    this.loop = null;
    this.map.loop.setAttribute("d", "");
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    const inUse = event.ctrlKey || event.metaKey || this.map.hasFocus();
    if (!inUse) {
      this.map.furniture.hintAtWheel();
      return;
    }
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.map.zoom(2 ** ((-event.deltaY * lines) / 240), this.spot(event));
  }
}

/**
 * Return the municipality that an event happened on.
 * @param {EventTarget | null} target
 */
export function codeAt(target) {
  return target instanceof SVGElement ? target.dataset.code : undefined;
}
