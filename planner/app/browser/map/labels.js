// Marks and names of places, drawn in pixels over the land.

const FONT = "system-ui, sans-serif";
const NAME_PX = { host: 14, member: 12 };
const RING_PX = { host: 6, member: 4 };
const GAP_PX = 4;
const LEADERS_PX = [22, 34, 48, 64, 82, 104]; // lengths that are tried
const DIRECTIONS = 16;
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

  // Make the marks anew, in the drawing's order of labels: who comes first gets room.
  draw(drawing) {
    const hosts = new Set(drawing.hosts);
    const locked = new Set(drawing.locked);
    const marked = drawing.hosts.length > 0;
    this.places = this.land.codes.map((code, place) => {
      const kind = hosts.has(code) ? "host" : "member";
      const group = svg("g", { class: `place ${kind}`, "data-code": code });
      const leader = svg("path", { class: "leader" });
      const lock = locked.has(code) ? svg("path", { class: "lock", d: LOCK }) : null;
      const name = svg("text", { class: "name", "font-size": NAME_PX[kind] });
      name.textContent = this.land.names[place];
      group.append(leader, name);
      if (marked) group.append(svg("circle", { class: "mark", r: RING_PX[kind] }));
      if (lock) group.append(lock);
      const width = widthOf(this.land.names[place], kind) + (lock ? LOCK_PX : 0);
      const landWidth = widthOfLand(this.land.shapes[place]);
      return { code, at: this.land.centres[place], kind, marked, group, leader, name, lock, width, landWidth };
    });
    const rank = new Map(drawing.labels.map((code, place) => [code, place]));
    this.places.sort((one, other) => rank.get(one.code) - rank.get(other.code));
    this.layer.replaceChildren(...this.places.map((place) => place.group).reverse());
  }

  // Put every mark where its centre is seen, and every name where there is room for it.
  arrange(view) {
    const taken = [];
    const seen = this.places.map((place) => [place, view.toScreen(place.at)]);
    const marks = seen.map(([place, at]) => (place.marked ? markBox(at, place.kind) : undefined));
    for (const [number, [place, at]] of seen.entries()) {
      const others = marks.filter((mark, other) => mark && other !== number);
      place.group.setAttribute("transform", `translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`);
      const spot = this.spotFor(place, at, view, [...taken, ...others]);
      place.group.classList.toggle("tucked", spot === undefined);
      if (spot === undefined) continue;
      taken.push(boxAt(at, spot, place), ...leaderBoxes(at, spot, place));
      place.leader.setAttribute("d", spot[2] ? `M0 0L${spot[2].join(" ")}` : "");
      place.name.setAttribute("x", spot[0]);
      place.name.setAttribute("y", spot[1] + NAME_PX[place.kind] * 0.36);
      const textWidth = place.width - (place.lock ? LOCK_PX : 0);
      place.lock?.setAttribute("transform", `translate(${spot[0] + textWidth + 8} ${spot[1]})`);
    }
  }

  // The same rules as in pictures (labels.py): a name covers no mark and no other name, and where
  // it has no room beside its mark, it stands further off with a line to it.
  spotFor(place, at, view, taken) {
    if (!place.marked && place.width > place.landWidth * view.scale) return undefined;
    const inSight = isWithin([...at, ...at], view.size);
    for (const spot of positions(place)) {
      if (spot[2] && !inSight) break;
      const box = boxAt(at, spot, place);
      const parts = [box, ...leaderBoxes(at, spot, place)];
      if (isWithin(box, view.size) && parts.every((part) => isFree(part, taken))) return spot;
    }
    return undefined;
  }
}

function markBox([x, y], kind) {
  const radius = RING_PX[kind];
  return [x - radius, y - radius, x + radius, y + radius];
}

function isWithin(box, [width, height]) {
  return box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
}

// Left edge and middle of a name about its mark: beside it, over and under it, at its corners, and
// then ever further away, with the end of a line to it.
function* positions({ kind, width, marked }) {
  if (!marked) {
    yield [-width / 2, 0];
    return;
  }
  const half = NAME_PX[kind] / 2;
  const off = RING_PX[kind] + GAP_PX;
  yield* [[off, 0], [-off - width, 0], [-width / 2, -off - half], [-width / 2, off + half]];
  const slant = off * 0.75;
  for (const down of [-slant - half, slant + half]) yield* [[slant, down], [-slant - width, down]];
  for (const length of LEADERS_PX) {
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      const angle = (2 * Math.PI * turn) / DIRECTIONS;
      const [x, y] = [length * Math.cos(angle), length * Math.sin(angle)];
      if (Math.abs(x) < 0.3 * length) yield [x - width / 2, y + Math.sign(y) * half, [x, y]];
      else yield [x > 0 ? x + GAP_PX : x - GAP_PX - width, y, [x, y]];
    }
  }
}

// Small boxes along the line from a mark to its name, over which nothing is written.
function leaderBoxes([x, y], [, , end], { kind }) {
  if (!end) return [];
  const length = Math.hypot(...end);
  const boxes = [];
  for (let far = RING_PX[kind]; far <= length; far += 4) {
    const [left, top] = [x + (end[0] * far) / length, y + (end[1] * far) / length];
    boxes.push([left - 1, top - 1, left + 1, top + 1]);
  }
  return boxes;
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
