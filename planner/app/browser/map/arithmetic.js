// Numbers and points without a map.

/** @import { Point } from "../types.js" */

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * Return the largest of 1, 2 and 5 times a power of ten that is not above a number.
 * @param {number} most - above zero
 */
export function roundBelow(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  const times = [5, 2, 1].find((one) => one * power <= most) ?? 1;
  return times * power;
}

/**
 * Tell whether a ray from a point crosses a loop's edges an odd number of times.
 * @param {Point} point
 * @param {Point[]} loop
 */
export function isInside([x, y], loop) {
  let odd = false;
  loop.forEach(([x1, y1], place) => {
    const [x2, y2] = loop[(place + 1) % loop.length];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
  });
  return odd;
}

/**
 * Return the place of the nearest point within 45 degrees of a direction; -1 if there is none.
 * @param {Point[]} points
 * @param {number} from - place of the point to go from
 * @param {Point} direction - right and down, one of them 0
 */
export function nearestTowards(points, from, [right, down]) {
  const [x, y] = points[from];
  let nearest = -1;
  let least = Infinity;
  points.forEach(([otherX, otherY], place) => {
    const along = (otherX - x) * right + (otherY - y) * down;
    const across = Math.abs((otherX - x) * down) + Math.abs((otherY - y) * right);
    if (along <= 0 || across > along) return;
    const far = along + 2 * across;
    if (far < least) [nearest, least] = [place, far];
  });
  return nearest;
}
