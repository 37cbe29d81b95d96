import assert from "node:assert/strict";
import { test } from "node:test";
import { frameHeight, View } from "../map/view.js";

const LAND = { width: 1000, height: 500, grid_m: 100, west_m: 60_000, north_m: 6_800_000 };

/** @param {number} width @param {number} height */
function viewOf(width, height) {
  const view = new View(LAND);
  view.resize(width, height);
  return view;
}

/** @param {number[]} found @param {number[]} expected */
function close(found, expected) {
  found.forEach((value, place) => {
    assert.ok(Math.abs(value - expected[place]) < 1e-6, `${found} is not ${expected}`);
  });
}

test("a tall land has a tall frame, and a wide one on a phone a low one", () => {
  const tall = { width: 500, height: 1000 };
  assert.equal(frameHeight(tall, 900, 500), 700);
  assert.equal(frameHeight({ width: 500, height: 500 }, 536, 500), 552);
  assert.equal(frameHeight(LAND, 336, 500), 275);
  assert.equal(frameHeight(LAND, 836, 500), 452); // which the land fills from side to side
});

test("the whole land fits with a margin, and fits anew in another size", () => {
  const view = viewOf(536, 400);
  assert.equal(view.scale, 0.5);
  close(view.toScreen([0, 0]), [18, 67]); // more room below, for scale and source
  close(view.toScreen([1000, 500]), [518, 317]);
  view.resize(1036, 800);
  assert.equal(view.scale, 1);
  assert.equal(view.metres(), null);
});

test("screen and land are each other's inverse", () => {
  const view = viewOf(700, 300);
  view.zoomBy(3, [100, 50]);
  close(view.toLand(view.toScreen([321, 123])), [321, 123]);
});

test("what lies under the pointer stays there while zooming", () => {
  const view = viewOf(536, 400);
  const under = view.toLand([300, 220]);
  view.zoomBy(2, [300, 220]);
  assert.equal(view.scale, 1);
  close(view.toScreen(under), [300, 220]);
});

test("zoom ends at 120 pixels a kilometre and at 60 pixels across", () => {
  const view = viewOf(536, 400);
  view.zoomBy(1e9);
  assert.equal(view.scale, 12);
  view.zoomBy(1e-9);
  assert.equal(view.scale, 0.06);
});

test("the centre stays on the land", () => {
  const view = viewOf(536, 400);
  view.panBy(1e9, -1e9);
  assert.deepEqual([view.x, view.y], [1000, 0]);
});

test("another map of any size shows the same place at the same scale", () => {
  const view = viewOf(536, 400);
  view.zoomBy(4, [200, 200]);
  const other = viewOf(900, 900);
  other.show(view.metres());
  close([other.x, other.y, other.scale], [view.x, view.y, view.scale]);
  close(Object.values(other.metres() ?? {}), Object.values(view.metres() ?? {}));
  other.show(null);
  assert.equal(other.metres(), null);
});

test("an address that asks for a place outside is held to the land", () => {
  const view = viewOf(536, 400);
  view.show({ east_m: 0, north_m: 9e6, metres_per_px: 1e-9 });
  assert.deepEqual([view.x, view.y, view.scale], [0, 0, 12]);
});

test("the ground is moved as its points are", () => {
  const view = viewOf(536, 400);
  assert.equal(view.transform(), "translate(18.00 67.00) scale(0.5)");
});
