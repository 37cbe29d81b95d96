// Where the name of a place has room, in pixels.

/** @import { Box, Place, Point, Ring, Spot } from "../types.js" */

export const NAME_PX = { host: 14, member: 12 };
export const RING_PX = { host: 6, member: 4.5 };
const GAP_PX = 4;
const LEADERS_PX = [22, 34, 48, 64, 82, 104]; // lengths that are tried
const DIRECTIONS = 16;
const UPRIGHT = 0.3; // cosine of a line under or over whose end the name stands
const STEP_PX = 4;

/**
 * Find a spot for every name, in the order of the places: who comes first gets room. The rules are
 * those of pictures (`planner.present.maps.labels`): a name covers no mark and no other name, and
 * where it has no room beside its mark, it stands further off with a line to it.
 * @param {Place[]} places
 * @param {Point[]} ats - where the places are on the screen
 * @param {Point} size - of the screen
 * @param {number} scale - pixels a grid step
 * @param {Box[]} written - further boxes that no name may cover
 * @returns {(Spot | undefined)[]}
 */
export function placeNames(places, ats, size, scale, written = []) {
  const marks = places.map(({ marked, radius }, number) =>
    marked ? [markBox(ats[number], radius)] : [],
  );
  /** @type {Box[]} */
  const names = [...written];
  return places.map((place, number) => {
    if (!place.marked && place.width > place.landWidth * scale) return undefined;
    const at = ats[number];
    const taken = [...names, ...marks.filter((_, other) => other !== number).flat()];
    const inSight = isWithin([...at, ...at], size);
    for (const spot of spots(place)) {
      if (spot[2] && !inSight) return undefined;
      const own = [boxAt(at, spot, place), ...leaderBoxes(at, spot, place)];
      if (isWithin(own[0], size) && own.every((box) => isFree(box, taken))) {
        names.push(...own);
        return spot;
      }
    }
    return undefined;
  });
}

/**
 * @param {Point} at
 * @param {number} radius
 * @returns {Box}
 */
function markBox([x, y], radius) {
  return [x - radius, y - radius, x + radius, y + radius];
}

/**
 * @param {Box} box
 * @param {Point} size
 */
function isWithin(box, [width, height]) {
  return box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
}

/**
 * Yield spots beside a mark, over and under it, at its corners, and then ever further away.
 * @param {Place} place
 * @returns {Generator<Spot>}
 */
function* spots({ kind, width, marked, radius }) {
  if (!marked) {
    yield [-width / 2, 0];
    return;
  }
  const off = radius + GAP_PX;
  const half = NAME_PX[kind] / 2;
  yield [off, 0];
  yield [-off - width, 0];
  yield [-width / 2, -half - off];
  yield [-width / 2, half + off];
  const slant = off * 0.75;
  for (const down of [-slant - half, slant + half]) {
    yield [slant, down];
    yield [-slant - width, down];
  }
  for (const length of LEADERS_PX) {
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      const angle = (2 * Math.PI * turn) / DIRECTIONS;
      const x = length * Math.cos(angle);
      const y = length * Math.sin(angle);
      if (Math.abs(x) < UPRIGHT * length) yield [x - width / 2, y + Math.sign(y) * half, [x, y]];
      else yield [x > 0 ? x + GAP_PX : x - GAP_PX - width, y, [x, y]];
    }
  }
}

/**
 * Cover the line from a mark to its name by small boxes, so that nothing is written over it.
 * @param {Point} at
 * @param {Spot} spot
 * @param {Place} place
 * @returns {Box[]}
 */
function leaderBoxes([x, y], [, , end], { radius }) {
  if (!end) return [];
  const length = Math.hypot(...end);
  /** @type {Box[]} */
  const boxes = [];
  for (let far = radius; far <= length; far += STEP_PX) {
    const left = x + (end[0] * far) / length;
    const top = y + (end[1] * far) / length;
    boxes.push([left - 1, top - 1, left + 1, top + 1]);
  }
  return boxes;
}

/**
 * @param {Point} at
 * @param {Spot} spot
 * @param {Place} place
 * @returns {Box}
 */
function boxAt([x, y], [left, middle], { width, kind }) {
  const half = NAME_PX[kind] * 0.6;
  return [x + left - 2, y + middle - half, x + left + width + 2, y + middle + half];
}

/**
 * @param {Box} box
 * @param {Box[]} taken
 */
function isFree(box, taken) {
  return !taken.some(
    (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3],
  );
}

/**
 * Return the grid steps across the widest ring.
 * @param {Ring[]} rings
 */
export function widthOfLand(rings) {
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
