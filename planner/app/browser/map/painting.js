// Painting: one stroke over municipalities gives all that it touches to an office.

/** @import { RegionMap } from "./map.js" */

export class Painting {
  /** @param {RegionMap} map */
  constructor(map) {
    this.map = map;
    /** @type {string[]} */
    this.touched = [];
  }

  /** Whether a drag paints; it moves the land while the brush is laid aside. */
  get on() {
    return this.map.options.pick === "paint" && this.map.furniture.brushing;
  }

  get under() {
    return this.touched.length > 0;
  }

  /**
   * Paint one more municipality; nothing happens again where the stroke has been.
   * @param {string | undefined} code
   */
  touch(code) {
    const { drawing, ground } = this.map;
    if (!code || !drawing || this.touched.includes(code)) return;
    this.touched.push(code);
    const shape = ground.shapes.get(code);
    const office = drawing.brush || drawing.groups[this.touched[0]];
    if (shape) shape.style.fill = drawing.fills[office] ?? "#fff";
    ground.outline(this.touched);
  }

  /** @param {{ clientX: number, clientY: number }} spot */
  touchAt({ clientX, clientY }) {
    const root = /** @type {ShadowRoot} */ (this.map.frame.getRootNode());
    const under = root.elementFromPoint(clientX, clientY);
    this.touch(under instanceof SVGElement ? under.dataset.code : undefined);
  }

  /** Tell what the stroke has touched, in its order; the app then draws what became of it. */
  end() {
    const codes = this.touched;
    this.touched = [];
    this.map.pick(codes);
  }

  /** Take the stroke back. */
  drop() {
    this.touched = [];
    if (this.map.drawing) this.map.ground.paint(this.map.drawing);
    this.map.outline();
  }
}
