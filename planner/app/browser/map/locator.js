// A stamp of the country with a frame around the land.

import { svg } from "../dom.js";
import { shapePath } from "./land.js";

/** @import { Land } from "../types.js" */

const HEIGHT_PX = 78;
const LEAST_PX = 4; // of the frame

/**
 * Return the stamp; null for a land that is the country itself.
 * @param {Pick<Land, "norway" | "width" | "height">} land
 */
export function locator({ norway, width, height }) {
  if (norway.length === 0) return null;
  const [west, north, east, south] = bounds(norway);
  const size = [east - west, south - north];
  const scale = HEIGHT_PX / size[1];
  const box = `${west} ${north} ${size.join(" ")}`;
  const stamp = svg("svg", { class: "locator", viewBox: box, "aria-hidden": "true" });
  stamp.setAttribute("width", String(Math.round(size[0] * scale)));
  stamp.setAttribute("height", String(HEIGHT_PX));
  const least = LEAST_PX / scale;
  stamp.append(
    svg("path", { class: "norway", d: shapePath(norway) }),
    svg("rect", { x: 0, y: 0, width: Math.max(width, least), height: Math.max(height, least) }),
  );
  return stamp;
}

/**
 * Return west, north, east and south side of rings.
 * @param {Land["norway"]} rings
 */
export function bounds(rings) {
  const sides = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    let [x, y] = [0, 0];
    for (let at = 0; at < ring.length; at += 2) {
      [x, y] = [x + ring[at], y + ring[at + 1]];
      sides[0] = Math.min(sides[0], x);
      sides[1] = Math.min(sides[1], y);
      sides[2] = Math.max(sides[2], x);
      sides[3] = Math.max(sides[3], y);
    }
  }
  return sides;
}
