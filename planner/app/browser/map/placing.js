// Where the name of a place has room, in pixels.

/** @import { Box, Place, Point, Ring } from "../types.js" */

export const NAME_PX = { host: 14, member: 12 };
export const RING_PX = { host: 6, member: 4 };
const GAP_PX = 4;

/**
 * Find a spot for every name, in the order of the places: who comes first gets room. A host's
 * name may cover marks before it is left out; any name keeps off other names.
 * @param {Place[]} places
 * @param {Point[]} ats - where the places are on the screen
 * @param {Point} size - of the screen
 * @param {number} scale - pixels a grid step
 * @returns {(Point | undefined)[]} left edge and middle of each name, from its place
 */
export function placeNames(places, ats, size, scale) {
  const marks = ats.flatMap((at, number) =>
    places[number].marked ? [markBox(at, places[number].kind)] : [],
  );
  /** @type {Box[]} */
  const names = [];
  return places.map((place, number) => {
    if (!place.marked && place.width > place.landWidth * scale) return undefined;
    const spots = positions(place).filter((one) => isWithin(boxAt(ats[number], one, place), size));
    /** @param {Box[]} taken */
    const free = (taken) => spots.find((one) => isFree(boxAt(ats[number], one, place), taken));
    const spot = free([...names, ...marks]) ?? (place.kind === "host" ? free(names) : undefined);
    if (spot) names.push(boxAt(ats[number], spot, place));
    return spot;
  });
}

/**
 * @param {Point} at
 * @param {Place["kind"]} kind
 * @returns {Box}
 */
function markBox([x, y], kind) {
  const radius = RING_PX[kind];
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
 * Return left edge and middle of a name about its mark: right of it, left, above, below.
 * @param {Place} place
 * @returns {Point[]}
 */
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

/**
 * @param {Point} at
 * @param {Point} spot
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
