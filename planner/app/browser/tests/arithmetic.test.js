import assert from "node:assert/strict";
import { test } from "node:test";
import { clamp, isInside, nearestTowards, roundBelow } from "../map/arithmetic.js";

test("a number is held between two others", () => {
  assert.deepEqual(
    [-1, 3, 9].map((value) => clamp(value, 0, 5)),
    [0, 3, 5],
  );
});

test("a scale bar has 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual(
    [0.3, 1, 1.99, 4.9, 7, 10, 49, 999].map(roundBelow),
    [0.2, 1, 1, 2, 5, 10, 20, 500],
  );
});

test("a loop holds what lies inside it, also where it is hollow", () => {
  /** @type {[number, number][]} */
  const horseshoe = [
    [0, 0],
    [9, 0],
    [9, 9],
    [6, 9],
    [6, 3],
    [3, 3],
    [3, 9],
    [0, 9],
  ];
  assert.equal(isInside([1, 8], horseshoe), true);
  assert.equal(isInside([8, 8], horseshoe), true);
  assert.equal(isInside([4.5, 8], horseshoe), false);
  assert.equal(isInside([-1, 1], horseshoe), false);
});

test("an arrow goes to the nearest point in its quarter", () => {
  /** @type {[number, number][]} */
  const points = [
    [0, 0],
    [10, 1],
    [6, 5],
    [3, 4],
    [0, -8],
  ];
  assert.equal(nearestTowards(points, 0, [1, 0]), 1);
  assert.equal(nearestTowards(points, 0, [0, 1]), 3);
  assert.equal(nearestTowards(points, 0, [0, -1]), 4);
  assert.equal(nearestTowards(points, 0, [-1, 0]), -1);
});
