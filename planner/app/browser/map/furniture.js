// What stands on the map beside the land: buttons, scale, source, tooltip and legend.

const MOST_SCALE_PX = 120;
const ICONS = {
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  whole: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  lasso: "M7 15c-3-1-4-3-3-6 1-3 5-5 10-4 5 0 7 4 5 7s-6 5-10 4c-2 0-2-3 0-3s3 4-1 8",
};

class Furniture {
  constructor(map) {
    this.map = map;
    const { texts, pick } = map.options;
    this.tip = element("div", { class: "tip", role: "tooltip", id: "tip" });
    this.tip.hidden = true;
    this.bar = element("span", { class: "bar" });
    this.length = element("span", { class: "length" });
    const scale = element("div", { class: "scale" });
    scale.append(this.bar, this.length);
    const tools = element("div", { class: "tools" });
    tools.append(
      this.button("plus", texts.zoom_in, () => map.zoom(2)),
      this.button("minus", texts.zoom_out, () => map.zoom(0.5)),
      this.button("whole", texts.reset, () => map.reset()),
    );
    if (pick === "many") {
      this.lasso = this.button("lasso", texts.lasso, () => this.toggleLasso());
      this.lasso.setAttribute("aria-pressed", "false");
      tools.append(this.lasso);
    }
    this.hint = element("div", { class: "hint" }, texts.wheel_hint);
    const source = element("div", { class: "source" }, texts.source);
    this.parts = [tools, scale, source, this.hint, this.tip];
  }

  button(icon, label, act) {
    const made = element("button", { type: "button", "aria-label": label, title: label });
    const picture = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
    picture.append(svg("path", { d: ICONS[icon] }));
    made.append(picture);
    made.addEventListener("click", act);
    return made;
  }

  toggleLasso(on = this.lasso.getAttribute("aria-pressed") !== "true") {
    this.lasso.setAttribute("aria-pressed", String(on));
    this.map.frame.classList.toggle("lassoing", on);
  }

  get lassoing() {
    return this.lasso?.getAttribute("aria-pressed") === "true";
  }

  // A bar of 1, 2 or 5 times a power of ten.
  scale(view) {
    const km = ((view.land.grid_m / view.scale) * MOST_SCALE_PX) / 1000;
    const power = 10 ** Math.floor(Math.log10(km));
    const round = [5, 2, 1].find((times) => times * power <= km) * power;
    this.bar.style.width = `${(round / km) * MOST_SCALE_PX}px`;
    this.length.textContent = `${round.toLocaleString(this.map.options.language)} km`;
  }

  explain(drawing) {
    this.map.legend.setAttribute("aria-label", this.map.options.texts.legend);
    this.map.legend.replaceChildren(...drawing.legend.map((entry) => {
      const line = element("li");
      line.append(this.sample(entry), element("span", {}, entry.label));
      return line;
    }));
  }

  sample({ mark, fill, pattern }) {
    const box = svg("svg", { viewBox: "0 0 22 16", class: `sample ${mark}`, "aria-hidden": "true" });
    if (mark === "area") {
      const area = svg("rect", { x: 1, y: 1, width: 20, height: 14, rx: 2 });
      area.style.fill = fill || "none";
      box.append(area);
      if (pattern) {
        const clip = svg("svg", { x: 1, y: 1, width: 20, height: 14, viewBox: "0 0 20 14" });
        for (const [x, y] of [[0, 0], [10, 0], [0, 10], [10, 10]]) {
          clip.append(svg("path", { class: "stroke", d: PATTERNS[pattern], transform: `translate(${x} ${y})` }));
        }
        box.append(clip);
      }
    } else if (mark === "host") box.append(svg("circle", { class: "mark", cx: 11, cy: 8, r: 5.5 }));
    else if (mark === "member") {
      box.append(svg("path", { class: "way", d: "M6 8H22" }), svg("circle", { class: "mark", cx: 6, cy: 8, r: 4 }));
    } else if (mark === "border") box.append(svg("path", { class: "line", d: "M0 11L8 5L14 10L22 4" }));
    else if (mark === "locked") box.append(svg("path", { class: "lock", d: LOCK, transform: "translate(11 8)" }));
    return box;
  }

  // --- the tooltip: only ever text ------------------------------------------------------------

  tell(code, [left, top]) {
    const words = this.map.drawing?.tooltips[code];
    this.told = code;
    this.tip.hidden = !words;
    if (!words) return;
    const [name, ...lines] = words.split("\n");
    const locked = this.map.drawing.locked.includes(code);
    const mark = locked ? ` (${this.map.options.texts.is_locked})` : "";
    this.tip.replaceChildren(element("strong", {}, name + mark), ...lines.map((line) => element("div", {}, line)));
    const [width, height] = this.map.view.size;
    const besides = left + 16 + this.tip.offsetWidth > width ? left - 16 - this.tip.offsetWidth : left + 16;
    const over = clamp(top + 16, 4, Math.max(height - this.tip.offsetHeight - 4, 4));
    this.tip.style.left = `${clamp(besides, 4, Math.max(width - this.tip.offsetWidth - 4, 4))}px`;
    this.tip.style.top = `${over}px`;
  }

  hush() {
    this.told = "";
    this.tip.hidden = true;
  }

  // Say for a moment how the wheel zooms.
  hintAtWheel() {
    this.hint.classList.add("shown");
    clearTimeout(this.hinted);
    this.hinted = setTimeout(() => this.hint.classList.remove("shown"), 1500);
  }
}
