import assert from "node:assert/strict";
import test from "node:test";
import { Painting } from "../map/painting.js";

/** @import { RegionMap } from "../map/map.js" */

/** @param {string} brush */
function mapWith(brush) {
  const shapes = new Map(["a", "b", "c"].map((code) => [code, { style: { fill: "" } }]));
  /** @type {string[][]} */
  const reported = [];
  const map = {
    options: { pick: "paint" },
    furniture: { brushing: true },
    drawing: { brush, groups: { a: "a", b: "b", c: "b" }, fills: { a: "red", b: "blue" } },
    ground: {
      shapes,
      outline: () => {},
      paint: () => {
        for (const shape of shapes.values()) shape.style.fill = "";
      },
    },
    outline: () => {},
    pick: (/** @type {string[]} */ codes) => reported.push(codes),
  };
  const painting = new Painting(/** @type {RegionMap} */ (/** @type {unknown} */ (map)));
  const fill = (/** @type {string} */ code) => shapes.get(code)?.style.fill;
  return { painting, reported, fill };
}

test("a stroke without an office paints in that of its beginning, and is told once", () => {
  const { painting, reported, fill } = mapWith("");
  for (const code of ["a", "c", undefined, "c", "a"]) painting.touch(code);
  assert.equal(fill("c"), "red");
  assert.ok(painting.under);
  painting.end();
  assert.ok(!painting.under);
  assert.deepEqual(reported, [["a", "c"]]);
});

test("a stroke with an office paints in that one; an act without colour in white", () => {
  const office = mapWith("b");
  office.painting.touch("a");
  assert.equal(office.fill("a"), "blue");
  const own = mapWith("own");
  own.painting.touch("a");
  assert.equal(own.fill("a"), "#fff");
});

test("a stroke that is taken back tells nothing", () => {
  const { painting, reported, fill } = mapWith("b");
  painting.touch("a");
  painting.drop();
  assert.equal(fill("a"), "");
  assert.deepEqual(reported, []);
});
