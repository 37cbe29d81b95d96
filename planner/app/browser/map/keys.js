// Keyboard and screen reader: what the map is called, what has focus, what keys do.

const STEP_PX = 80;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Keys {
  constructor(map) {
    this.map = map;
    this.picks = map.options.pick !== "none";
    const { canvas, options } = map;
    canvas.setAttribute("role", this.picks ? "listbox" : "img");
    canvas.setAttribute("tabindex", this.picks ? -1 : 0);
    canvas.setAttribute("aria-label", this.help); // until a drawing says what is shown
    canvas.setAttribute("aria-keyshortcuts", "+ - 0");
    if (options.pick === "many") canvas.setAttribute("aria-multiselectable", "true");
    canvas.addEventListener("keydown", (event) => this.press(event));
    canvas.addEventListener("focusin", (event) => this.focused(event.target));
    canvas.addEventListener("focusout", () => this.blurred());
    if (this.picks) {
      for (const shape of map.shapes.values()) shape.setAttribute("role", "option");
      this.rove(map.land.codes[0]);
    }
  }

  get help() {
    const { texts } = this.map.options;
    return this.picks ? texts.keys_pick : texts.keys;
  }

  describe() {
    const { drawing, shapes, options, canvas } = this.map;
    canvas.setAttribute("aria-label", `${drawing.summary} ${this.help}`);
    if (!this.picks) return;
    for (const [code, shape] of shapes) {
      const locked = drawing.locked.includes(code) ? ` (${options.texts.is_locked})` : "";
      const [name, ...lines] = (drawing.tooltips[code] ?? "").split("\n");
      shape.setAttribute("aria-label", [name + locked, ...lines].join(". "));
    }
  }

  describeSelection() {
    if (!this.picks) return;
    for (const [code, shape] of this.map.shapes) {
      shape.setAttribute("aria-selected", String(this.map.selected.has(code)));
    }
  }

  // One municipality is reached by Tab, the others from it by arrows.
  rove(code) {
    for (const [other, shape] of this.map.shapes) {
      shape.setAttribute("tabindex", other === code ? 0 : -1);
    }
  }

  focused(target) {
    const code = target.dataset?.code;
    if (!code || !target.matches(":focus-visible")) return;
    this.rove(code);
    this.map.bringIntoSight(code);
    this.map.furniture.tell(code, this.map.spotOf(code));
    this.map.outlineFocus(code);
  }

  blurred() {
    this.map.furniture.hush();
    this.map.outlineFocus(null);
  }

  press(event) {
    const acts = this.actOf(event);
    if (!acts) return;
    event.preventDefault();
    event.stopPropagation();
    acts();
  }

  actOf(event) {
    const { map } = this;
    const code = event.target.dataset?.code;
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    if (event.key in ARROWS) return () => this.arrow(ARROWS[event.key], code);
    if (event.key === "+" || event.key === "=") return () => map.zoom(2);
    if (event.key === "-") return () => map.zoom(0.5);
    if (event.key === "0") return () => map.reset();
    if (event.key === "Escape" && map.furniture.lassoing) return () => map.furniture.toggleLasso(false);
    if (event.key === "Escape" && map.furniture.told) return () => map.furniture.hush();
    if (code && (event.key === "Enter" || event.key === " ")) {
      return () => map.pick([code], { add: map.options.pick === "many" });
    }
    return null;
  }

  arrow([right, down], code) {
    if (code) this.step(code, right, down);
    else {
      this.map.view.panBy(right * STEP_PX, down * STEP_PX);
      this.map.moved();
    }
  }

  // Go to the nearest municipality that lies within 45 degrees of the arrow's direction.
  step(code, right, down) {
    const { codes, centres } = this.map.land;
    const [x, y] = centres[codes.indexOf(code)];
    let nearest = null;
    let least = Infinity;
    codes.forEach((other, place) => {
      const along = (centres[place][0] - x) * right + (centres[place][1] - y) * down;
      const across = Math.abs((centres[place][0] - x) * down) + Math.abs((centres[place][1] - y) * right);
      if (along <= 0 || across > along) return;
      const far = along + 2 * across;
      if (far < least) [nearest, least] = [other, far];
    });
    if (nearest) this.map.shapes.get(nearest).focus();
  }
}
