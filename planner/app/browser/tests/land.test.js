import assert from "node:assert/strict";
import { test } from "node:test";
import { seams, shapePath } from "../map/land.js";

// Two squares side by side, and one that touches the first at a corner only.
const LEFT = [[0, 0, 4, 0, 0, 4, -4, 0]];
const RIGHT = [[4, 0, 4, 0, 0, 4, -4, 0]];
const CORNER = [[-4, 4, 4, 0, 0, 4, -4, 0]];

test("a ring is its first point and steps; every ring begins anew", () => {
  assert.equal(shapePath([...LEFT, ...RIGHT]), "M0 0l4 0 0 4 -4 0zM4 0l4 0 0 4 -4 0z");
});

test("neighbours meet along the segments that both have, whichever way they are walked", () => {
  const left = [[0, 0, 4, 0, 0, 4, -4, 0, 0, -4]];
  const right = [[4, 0, 4, 0, 0, 4, -4, 0, 0, -4]];
  assert.deepEqual(seams([left, right, CORNER]), [[0, 1, "M4 4L4 0"]]);
});

test("a seam of several segments is one line", () => {
  const left = [[0, 0, 4, 0, 0, 2, 0, 2, -4, 0, 0, -4]];
  const right = [[4, 4, 0, -2, 0, -2, 4, 0, 0, 4, -4, 0]];
  assert.deepEqual(seams([left, right]), [[0, 1, "M4 4L4 2L4 0"]]);
});
