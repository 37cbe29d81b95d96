// Marks of places that tell how much.

import { svg } from "../dom.js";

/**
 * Mark a member: the part of the week with presence is filled, clockwise from noon.
 * @param {number} radius
 * @param {number} share - 0 to 1
 */
export function memberMark(radius, share) {
  if (share >= 1) return [svg("circle", { class: "mark", r: radius })];
  const inner = radius - 0.75;
  const ring = svg("circle", { class: "mark open", r: inner });
  return share > 0 ? [ring, svg("path", { class: "part", d: sector(inner, share) })] : [ring];
}

/**
 * Return the path of a part of a disc.
 * @param {number} radius
 * @param {number} share - over 0, below 1
 */
export function sector(radius, share) {
  const angle = 2 * Math.PI * share;
  const end = [radius * Math.sin(angle), -radius * Math.cos(angle)].map((one) => one.toFixed(2));
  return `M0 0V${-radius}A${radius} ${radius} 0 ${Number(share > 0.5)} 1 ${end.join(" ")}Z`;
}
