// Marks and names of places, drawn in pixels over the land.

import { svg } from "../dom.js";
import { memberMark } from "./marks.js";
import { NAME_PX, placeNames, RING_PX, widthOfLand } from "./placing.js";

/** @import { Box, Drawing, Land, Place } from "../types.js" */
/** @import { View } from "./view.js" */

/**
 * @typedef {Place & {
 *   group: SVGGElement, leader: SVGPathElement, name: SVGTextElement, lock: SVGPathElement | null
 * }} Label
 */

const FONT = "system-ui, sans-serif";
const LOCK_PX = 14;
const COUNTRY_PX = 13;
const SMALL_MARKS = 0.5; // on a map of the country
const ROOM_PX = 30; // that a country's name needs on every side
export const LOCK = "M-4 -1h8v6h-8zM-2.5 -1v-2a2.5 2.5 0 0 1 5 0v2";

export class Labels {
  /**
   * @param {Land} land
   * @param {SVGGElement} layer
   * @param {Record<string, string>} texts
   */
  constructor(land, layer, texts) {
    this.land = land;
    this.layer = layer;
    this.countries = land.countries.map(([country, x, y, room]) => {
      const name = svg("text", { class: "country", "font-size": COUNTRY_PX });
      name.textContent = texts[`country.${country}`];
      return { name, at: /** @type {[number, number]} */ ([x, y]), room };
    });
    this.ruler = document.createElement("canvas").getContext("2d");
    /** @type {Label[]} */
    this.labels = [];
  }

  /**
   * Make the marks anew, in the order of the drawing: who comes first gets room.
   * @param {Drawing} drawing
   */
  draw(drawing) {
    const hosts = new Set(drawing.hosts);
    const locked = new Set(drawing.locked);
    const towns = this.land.towns.filter((code) => drawing.labels.includes(code));
    const first = drawing.hosts.length > 0 ? [] : towns;
    this.labels = [...new Set([...first, ...drawing.labels])].map((code) => {
      const isHost = hosts.has(code);
      const usual = isHost ? RING_PX.host * (drawing.sizes[code] ?? 1) : RING_PX.member;
      const radius = usual * (towns.length > 0 && drawing.hosts.length > 0 ? SMALL_MARKS : 1);
      const marked = drawing.hosts.length > 0 || towns.includes(code);
      const share = drawing.open_share[code] ?? 1;
      return this.label(code, isHost ? "host" : "member", marked, locked.has(code), radius, share);
    });
    this.layer.replaceChildren(
      ...this.countries.map(({ name }) => name),
      ...this.labels.map((label) => label.group).reverse(),
    );
  }

  /**
   * @param {string} code
   * @param {Place["kind"]} kind
   * @param {boolean} marked
   * @param {boolean} locked
   * @param {number} radius
   * @param {number} share - of the week with presence
   * @returns {Label}
   */
  label(code, kind, marked, locked, radius, share) {
    const place = this.land.codes.indexOf(code);
    const words = this.land.names[place];
    const group = svg("g", { class: `place ${kind}`, "data-code": code });
    const leader = svg("path", { class: "leader" });
    const name = svg("text", { class: "name", "font-size": NAME_PX[kind] });
    name.textContent = words;
    group.append(leader, name);
    if (marked && kind === "host") group.append(svg("circle", { class: "mark", r: radius }));
    else if (marked) group.append(...memberMark(radius, share));
    const lock = locked ? svg("path", { class: "lock", d: LOCK }) : null;
    if (lock) group.append(lock);
    const width = this.widthOf(words, kind) + (lock ? LOCK_PX : 0);
    const wide = this.land.towns.length > 0 ? 0.5 : 1; // of a country only large land is named
    const landWidth = wide * widthOfLand(this.land.shapes[place]);
    return {
      at: this.land.centres[place],
      kind,
      marked,
      radius,
      width,
      landWidth,
      group,
      leader,
      name,
      lock,
    };
  }

  /**
   * @param {string} words
   * @param {Place["kind"]} kind
   */
  widthOf(words, kind) {
    if (!this.ruler) return 0;
    this.ruler.font = `${kind === "host" ? "bold " : ""}${NAME_PX[kind]}px ${FONT}`;
    return this.ruler.measureText(words).width;
  }

  /**
   * Put every mark where its centre is seen, and every name where there is room for it.
   * @param {View} view
   */
  arrange(view) {
    const ats = this.labels.map((label) => view.toScreen(label.at));
    const spots = placeNames(this.labels, ats, view.size, view.scale, this.nameCountries(view));
    this.labels.forEach(({ group, leader, name, lock, kind, width }, number) => {
      const [x, y] = ats[number];
      const spot = spots[number];
      group.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      group.classList.toggle("tucked", spot === undefined);
      if (!spot) return;
      leader.setAttribute("d", spot[2] ? `M0 0L${spot[2].join(" ")}` : "");
      name.setAttribute("x", String(spot[0]));
      name.setAttribute("y", String(spot[1] + NAME_PX[kind] * 0.36));
      const end = spot[0] + width - LOCK_PX + 8;
      lock?.setAttribute("transform", `translate(${end} ${spot[1]})`);
    });
  }

  /**
   * Name the countries that have room for it.
   * @param {View} view
   * @returns {Box[]} where their names stand
   */
  nameCountries(view) {
    return this.countries.flatMap(({ name, at, room }) => {
      const isRoom = room * view.scale >= ROOM_PX;
      name.classList.toggle("tucked", !isRoom);
      if (!isRoom) return [];
      const [x, y] = view.toScreen(at);
      name.setAttribute("x", x.toFixed(1));
      name.setAttribute("y", y.toFixed(1));
      return [/** @type {Box} */ ([x - ROOM_PX, y - COUNTRY_PX, x + ROOM_PX, y + 4])];
    });
  }
}
