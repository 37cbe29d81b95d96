import assert from "node:assert/strict";
import { test } from "node:test";
import { placeNames, widthOfLand } from "../map/placing.js";

/** @import { Place, Point } from "../types.js" */

/** @type {Point} */
const SIZE = [400, 300];

/**
 * @param {Partial<Place>} [how]
 * @returns {Place}
 */
function place(how) {
  return { at: [0, 0], kind: "member", marked: true, radius: 4, width: 50, landWidth: 100, ...how };
}

/**
 * @param {Place[]} places
 * @param {Point[]} ats
 */
function spots(places, ats, scale = 1) {
  return placeNames(places, ats, SIZE, scale);
}

test("a name stands to the right of its mark, or to the left at the edge", () => {
  assert.deepEqual(spots([place()], [[100, 100]]), [[8, 0]]);
  assert.deepEqual(spots([place()], [[380, 100]]), [[-58, 0]]);
});

test("names keep off what is written already", () => {
  const [spot] = placeNames([place()], [[100, 100]], SIZE, 1, [[110, 90, 140, 110]]);
  assert.deepEqual(spot, [-58, 0]);
});

test("names keep off each other and off marks", () => {
  const ats = /** @type {Point[]} */ ([
    [100, 100],
    [130, 100],
  ]);
  const [first, second] = spots([place(), place()], ats);
  assert.deepEqual(first, [-58, 0]); // the other mark stands where the name would
  assert.deepEqual(second, [8, 0]);
});

test("a name without room beside its mark stands further off, with a line to it", () => {
  const crowd = /** @type {Point[]} */ ([
    [100, 100],
    [130, 100],
    [70, 100],
    [130, 112],
    [130, 88],
    [70, 112],
    [70, 88],
    [100, 84],
    [100, 116],
  ]);
  const around = Array.from({ length: 8 }, () => place({ width: 500 }));
  for (const kind of /** @type {Place["kind"][]} */ (["host", "member"])) {
    const spot = spots([place({ kind, radius: kind === "host" ? 6 : 4 }), ...around], crowd)[0];
    assert.ok(spot?.[2]);
    assert.ok(Math.hypot(...spot[2]) > 20);
    const [left, top] = [100 + spot[0], 100 + spot[1] - 7];
    for (const [x, y] of crowd) {
      assert.ok(x + 4 < left || x - 4 > left + 50 || y + 4 < top || y - 4 > top + 14);
    }
  }
});

test("a name that fits nowhere is left out", () => {
  assert.deepEqual(spots([place({ width: 500 })], [[100, 100]]), [undefined]);
});

test("without marks a name stands in the middle of its land, where the land is wide enough", () => {
  const plain = place({ marked: false });
  assert.deepEqual(spots([plain], [[100, 100]], 0.5), [[-25, 0]]);
  assert.deepEqual(spots([plain], [[100, 100]], 0.49), [undefined]);
});

test("what is outside the map has no name", () => {
  assert.deepEqual(spots([place()], [[-100, 100]]), [undefined]);
});

test("the widest ring is how wide a land is", () => {
  assert.equal(
    widthOfLand([
      [0, 0, 10, 0, -3, 5],
      [50, 0, -20, 0, 25, 5],
    ]),
    25,
  );
});

test("a larger mark keeps its name further off", () => {
  assert.deepEqual(spots([place({ radius: 10 })], [[100, 100]]), [[14, 0]]);
});
