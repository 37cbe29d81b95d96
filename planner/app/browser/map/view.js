// What part of the land is seen: the centre in grid steps, and pixels a grid step.

import { clamp } from "./arithmetic.js";

/** @import { Land, Metres, Point } from "../types.js" */

const LEAST_PX_ACROSS = 60; // a region is never drawn smaller than this
const MOST_PX_PER_KM = 120;
const MARGIN_PX = 18;
const FOOT_PX = 34; // for scale and source

const LEAST_OF_USUAL = 0.55; // of a frame's usual height, for a wide land on a phone
const MOST_OF_USUAL = 1.4; // for a tall land

/**
 * Return how high a frame is, so that the land fills it: pixels.
 * @param {Pick<Land, "width" | "height">} land
 * @param {number} width - of the frame
 * @param {number} usual - height of a frame for most lands
 */
export function frameHeight(land, width, usual) {
  const across = Math.max(width - 2 * MARGIN_PX, 1);
  const filled = (across * land.height) / land.width + MARGIN_PX + FOOT_PX;
  return Math.round(clamp(filled, LEAST_OF_USUAL * usual, MOST_OF_USUAL * usual));
}

export class View {
  /** @param {Pick<Land, "width" | "height" | "grid_m" | "west_m" | "north_m">} land */
  constructor(land) {
    this.land = land;
    /** @type {Point} */
    this.size = [0, 0];
    this.fitted = true; // until the reader moves it
    this.x = land.width / 2;
    this.y = land.height / 2;
    this.scale = 1;
  }

  /**
   * @param {number} width - in pixels
   * @param {number} height - in pixels
   */
  resize(width, height) {
    this.size = [width, height];
    if (this.fitted) this.fit();
  }

  fit() {
    const width = Math.max(this.size[0] - 2 * MARGIN_PX, 1);
    const height = Math.max(this.size[1] - MARGIN_PX - FOOT_PX, 1);
    this.fitted = true;
    this.x = this.land.width / 2;
    this.scale = Math.min(width / this.land.width, height / this.land.height);
    this.y = this.land.height / 2 + (FOOT_PX - MARGIN_PX) / 2 / this.scale;
  }

  /**
   * @param {number} right - in pixels
   * @param {number} down - in pixels
   */
  panBy(right, down) {
    this.fitted = false;
    this.x = clamp(this.x + right / this.scale, 0, this.land.width);
    this.y = clamp(this.y + down / this.scale, 0, this.land.height);
  }

  /**
   * Zoom so that what lies under a point of the screen stays there.
   * @param {number} factor
   * @param {Point} [at]
   */
  zoomBy(factor, at = [this.size[0] / 2, this.size[1] / 2]) {
    const before = this.toLand(at);
    const longest = Math.max(this.land.width, this.land.height);
    const most = (MOST_PX_PER_KM * this.land.grid_m) / 1000;
    this.fitted = false;
    this.scale = clamp(this.scale * factor, LEAST_PX_ACROSS / longest, most);
    const after = this.toLand(at);
    this.panBy((before[0] - after[0]) * this.scale, (before[1] - after[1]) * this.scale);
  }

  /**
   * @param {Point} at - in pixels
   * @returns {Point}
   */
  toLand([left, top]) {
    return [
      this.x + (left - this.size[0] / 2) / this.scale,
      this.y + (top - this.size[1] / 2) / this.scale,
    ];
  }

  /**
   * @param {Point} at - in grid steps
   * @returns {Point}
   */
  toScreen([x, y]) {
    return [
      (x - this.x) * this.scale + this.size[0] / 2,
      (y - this.y) * this.scale + this.size[1] / 2,
    ];
  }

  transform() {
    const [left, top] = this.toScreen([0, 0]);
    return `translate(${left.toFixed(2)} ${top.toFixed(2)}) scale(${this.scale})`;
  }

  /**
   * Return what is seen, whatever the size of the map; null is the whole land.
   * @returns {Metres | null}
   */
  metres() {
    if (this.fitted) return null;
    const { grid_m, west_m, north_m } = this.land;
    return {
      east_m: west_m + this.x * grid_m,
      north_m: north_m - this.y * grid_m,
      metres_per_px: grid_m / this.scale,
    };
  }

  /**
   * Show what another map shows, or what an address asks for; null is the whole land.
   * @param {Metres | null} metres
   */
  show(metres) {
    if (metres === null) {
      this.fit();
      return;
    }
    const { grid_m, west_m, north_m } = this.land;
    this.x = (metres.east_m - west_m) / grid_m;
    this.y = (north_m - metres.north_m) / grid_m;
    this.scale = grid_m / metres.metres_per_px;
    this.fitted = true; // only for the moment that bounds are checked
    this.zoomBy(1);
  }
}
