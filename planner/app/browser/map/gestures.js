// Pointer and wheel: drag pans, pinch zooms, a click picks, a loop picks what is inside.

const CLICK_PX = 5; // a pointer that moved less has clicked
const LEAST_LOOP_POINTS = 4;

class Gestures {
  constructor(map) {
    this.map = map;
    this.pointers = new Map();
    const { canvas } = map;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.cancel(event));
    canvas.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !this.pointers.size) map.furniture.hush();
    });
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("dblclick", (event) => map.options.pick === "none" && map.zoom(2, this.spot(event)));
  }

  spot(event) {
    const box = this.map.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  down(event) {
    if (event.button !== 0) return;
    this.pointers.set(event.pointerId, this.spot(event));
    this.pressed = { code: event.target.dataset?.code, at: this.spot(event), dragged: false };
    if (this.map.furniture.lassoing) {
      this.loop = [this.spot(event)];
      this.map.canvas.setPointerCapture(event.pointerId);
    }
  }

  move(event) {
    const at = this.spot(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.hover(event, at);
      return;
    }
    if (this.loop) {
      this.loop.push(at);
      this.map.loop.setAttribute("d", `M${this.loop.map((point) => point.join(" ")).join("L")}Z`);
    } else if (this.pointers.size === 1) this.drag(event, before, at);
    else this.pinch(event, before, at);
  }

  hover(event, at) {
    const code = event.target.dataset?.code;
    if (code) this.map.furniture.tell(code, at);
    else this.map.furniture.hush();
  }

  drag(event, before, at) {
    const far = Math.hypot(at[0] - this.pressed.at[0], at[1] - this.pressed.at[1]) >= CLICK_PX;
    if (!far && !this.pressed.dragged) return;
    if (!this.pressed.dragged) this.map.canvas.setPointerCapture(event.pointerId);
    this.pressed.dragged = true;
    this.map.furniture.hush();
    this.pointers.set(event.pointerId, at);
    this.map.view.panBy(before[0] - at[0], before[1] - at[1]);
    this.map.moved();
  }

  pinch(event, before, at) {
    const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, spot]) => spot);
    const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]);
    this.pressed.dragged = true;
    this.pointers.set(event.pointerId, at);
    this.map.view.panBy((before[0] - at[0]) / 2, (before[1] - at[1]) / 2);
    this.map.zoom(apart(at) / Math.max(apart(before), 1), [(at[0] + other[0]) / 2, (at[1] + other[1]) / 2]);
  }

  up(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    const add = event.shiftKey || event.ctrlKey || event.metaKey;
    if (this.loop) this.closeLoop(add);
    else if (!this.pressed.dragged) {
      const { code, at } = this.pressed;
      this.map.furniture.tell(code, at);
      if (code) this.map.pick([code], { add });
    }
  }

  cancel(event) {
    this.pointers.delete(event.pointerId);
    this.dropLoop();
  }

  closeLoop(add) {
    const loop = this.loop.map((spot) => this.map.view.toLand(spot));
    this.dropLoop();
    this.map.furniture.toggleLasso(false);
    if (loop.length < LEAST_LOOP_POINTS) return;
    const { codes, centres } = this.map.land;
    this.map.pick(codes.filter((_, place) => inside(centres[place], loop)), { add });
  }

  dropLoop() {
    this.loop = null;
    this.map.loop.setAttribute("d", "");
  }

  wheel(event) {
    const inUse = event.ctrlKey || event.metaKey || this.map.hasFocus();
    if (!inUse) {
      this.map.furniture.hintAtWheel();
      return;
    }
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.map.zoom(2 ** (-event.deltaY * lines / 240), this.spot(event));
  }
}

// Whether a ray from a point crosses a loop's edges an odd number of times.
function inside([x, y], loop) {
  let odd = false;
  loop.forEach(([x1, y1], place) => {
    const [x2, y2] = loop[(place + 1) % loop.length];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
  });
  return odd;
}
