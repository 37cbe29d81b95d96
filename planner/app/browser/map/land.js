// The ground of a region: paths of its municipalities, and the seams between them. A ring is
// sent as its first point and then the steps from point to point.

/** @import { Ring } from "../types.js" */

/** @param {Ring} ring */
function ringPath(ring) {
  return `m${ring[0]} ${ring[1]}l${ring.slice(2).join(" ")}z`;
}

/**
 * Return the path of a shape of rings.
 * @param {Ring[]} rings
 */
export function shapePath(rings) {
  // Relative after "z" would start at the ring before: every ring begins anew.
  return rings.map((ring) => ringPath(ring).replace("m", "M")).join("");
}

/**
 * @param {Ring} ring
 * @returns {Iterable<[number, number, number, number]>}
 */
function* segments(ring) {
  let x = ring[0];
  let y = ring[1];
  for (let at = 2; at < ring.length; at += 2) {
    const nextX = x + ring[at];
    const nextY = y + ring[at + 1];
    yield [x, y, nextX, nextY];
    x = nextX;
    y = nextY;
  }
}

/**
 * Points are whole numbers within a million or so, so two of them make one exact number.
 * @param {number} x
 * @param {number} y
 */
const pointKey = (x, y) => (x + 1e6) * 4e6 + (y + 1e6);

/**
 * Return the lines along which two shapes meet: [one's place, other's place, path].
 * @param {Ring[][]} shapes
 * @returns {[number, number, string][]}
 */
export function seams(shapes) {
  /** @type {Owners} */
  const owners = new Map();
  /** @type {Map<number, string[]>} */
  const found = new Map();
  shapes.forEach((rings, place) => {
    for (const ring of rings) {
      let last = -1;
      for (const [x, y, nextX, nextY] of segments(ring)) {
        const other = meet(owners, pointKey(x, y), pointKey(nextX, nextY), place);
        if (other >= 0) {
          const pair = other * 4096 + place;
          const path = found.get(pair) ?? [];
          if (other !== last) path.push(`M${x} ${y}`);
          path.push(`L${nextX} ${nextY}`);
          found.set(pair, path);
        }
        last = other;
      }
    }
  });
  return [...found].map(([pair, path]) => [Math.floor(pair / 4096), pair % 4096, path.join("")]);
}

/** @typedef {Map<number, Map<number, number>>} Owners - of segments, by their ends */

/**
 * Return who else has a segment, whichever way it is walked; -1 if nobody yet.
 * @param {Owners} owners
 * @param {number} from
 * @param {number} to
 * @param {number} place
 */
function meet(owners, from, to, place) {
  const [low, high] = from < to ? [from, to] : [to, from];
  const ends = owners.get(low) ?? new Map();
  const other = ends.get(high);
  owners.set(low, ends.set(high, place));
  return other === undefined || other === place ? -1 : other;
}
