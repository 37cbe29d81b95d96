import assert from "node:assert/strict";
import { test } from "node:test";
import { bounds } from "../map/locator.js";
import { sector } from "../map/marks.js";

test("a part of a disc ends where the share says, and turns the long way over a half", () => {
  assert.equal(sector(4, 0.25), "M0 0V-4A4 4 0 0 1 4.00 -0.00Z");
  assert.equal(sector(4, 0.75), "M0 0V-4A4 4 0 1 1 -4.00 0.00Z");
});

test("bounds are those of all rings, which are sent as steps", () => {
  assert.deepEqual(
    bounds([
      [1, 2, 3, 0, 0, 5],
      [-4, 0, 1, 1],
    ]),
    [-4, 0, 4, 7],
  );
});
