// Marks and names of places, drawn in pixels over the land.

const FONT = "system-ui, sans-serif";
const NAME_PX = { host: 14, member: 12 };
const RING_PX = { host: 6, member: 4 };
const GAP_PX = 4;
const LOCK_PX = 14;
const LOCK = "M-4 -1h8v6h-8zM-2.5 -1v-2a2.5 2.5 0 0 1 5 0v2";

const ruler = document.createElement("canvas").getContext("2d");

function widthOf(name, kind) {
  ruler.font = `${kind === "host" ? "bold " : ""}${NAME_PX[kind]}px ${FONT}`;
  return ruler.measureText(name).width;
}

class Labels {
  constructor(land, layer) {
    this.land = land;
    this.layer = layer;
    this.places = [];
  }

  // Make the marks anew: hosts first, since who comes first gets room.
  draw(drawing) {
    const hosts = new Set(drawing.hosts);
    const locked = new Set(drawing.locked);
    const marked = drawing.hosts.length > 0;
    this.places = this.land.codes.map((code, place) => {
      const kind = hosts.has(code) ? "host" : "member";
      const group = svg("g", { class: `place ${kind}`, "data-code": code });
      if (marked) group.append(svg("circle", { class: "mark", r: RING_PX[kind] }));
      const lock = locked.has(code) ? svg("path", { class: "lock", d: LOCK }) : null;
      const name = svg("text", { class: "name", "font-size": NAME_PX[kind] });
      name.textContent = this.land.names[place];
      group.append(name);
      if (lock) group.append(lock);
      const width = widthOf(this.land.names[place], kind) + (lock ? LOCK_PX : 0);
      const landWidth = widthOfLand(this.land.shapes[place]);
      return { at: this.land.centres[place], kind, marked, group, name, lock, width, landWidth };
    });
    this.places.sort((one, other) => (one.kind === "host" ? 0 : 1) - (other.kind === "host" ? 0 : 1));
    this.layer.replaceChildren(...this.places.map((place) => place.group).reverse());
  }

  // Put every mark where its centre is seen, and every name where there is room for it.
  arrange(view) {
    const names = [];
    const seen = this.places.map((place) => [place, view.toScreen(place.at)]);
    const marks = seen.filter(([place]) => place.marked).map(([place, at]) => markBox(at, place.kind));
    for (const [place, at] of seen) {
      place.group.setAttribute("transform", `translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`);
      const spot = this.spotFor(place, at, view, names, marks);
      place.group.classList.toggle("tucked", spot === undefined);
      if (spot === undefined) continue;
      names.push(boxAt(at, spot, place));
      place.name.setAttribute("x", spot[0]);
      place.name.setAttribute("y", spot[1] + NAME_PX[place.kind] * 0.36);
      const textWidth = place.width - (place.lock ? LOCK_PX : 0);
      place.lock?.setAttribute("transform", `translate(${spot[0] + textWidth + 8} ${spot[1]})`);
    }
  }

  // A host's name may cover marks before it is left out; any name keeps off other names.
  spotFor(place, at, view, names, marks) {
    if (!place.marked && place.width > place.landWidth * view.scale) return undefined;
    const spots = positions(place).filter((spot) => isWithin(boxAt(at, spot, place), view.size));
    const free = (taken) => spots.find((spot) => isFree(boxAt(at, spot, place), taken));
    return free([...names, ...marks]) ?? (place.kind === "host" ? free(names) : undefined);
  }
}

function markBox([x, y], kind) {
  const radius = RING_PX[kind];
  return [x - radius, y - radius, x + radius, y + radius];
}

function isWithin(box, [width, height]) {
  return box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
}

// Left edge and middle of a name about its mark: right of it, left, above, below.
function positions({ kind, width, marked }) {
  if (!marked) return [[-width / 2, 0]];
  const off = RING_PX[kind] + GAP_PX;
  const line = NAME_PX[kind] / 2 + off;
  return [
    [off, 0],
    [-off - width, 0],
    [-width / 2, -line],
    [-width / 2, line],
  ];
}

function boxAt([x, y], [left, middle], { width, kind }) {
  const half = NAME_PX[kind] * 0.6;
  return [x + left - 2, y + middle - half, x + left + width + 2, y + middle + half];
}

function isFree(box, taken) {
  return !taken.some(
    (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3],
  );
}

// Grid steps across the widest ring.
function widthOfLand(rings) {
  let widest = 0;
  for (const ring of rings) {
    let x = 0;
    let west = 0;
    let east = 0;
    for (let at = 2; at < ring.length; at += 2) {
      x += ring[at];
      west = Math.min(west, x);
      east = Math.max(east, x);
    }
    widest = Math.max(widest, east - west);
  }
  return widest;
}
