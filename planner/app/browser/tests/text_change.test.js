import assert from "node:assert/strict";
import { test } from "node:test";
import { changeBetween } from "../editor/text_change.js";

test("the change between two texts makes the one of the other", () => {
  const texts = ["", "a", "aa", "aaa", "abcabc", "abc", "host: Gol\n", "host: Ål\nhost: Gol\n"];
  for (const before of texts) {
    for (const after of texts) {
      const change = changeBetween(before, after) ?? { from: 0, to: 0, insert: "" };
      const { from, to, insert } = change;
      assert.ok(from <= to, `${before} -> ${after}`);
      assert.equal(before.slice(0, from) + insert + before.slice(to), after);
    }
  }
});

test("it leaves alone what is the same", () => {
  assert.equal(changeBetween("same", "same"), null);
  assert.deepEqual(changeBetween("members: [Ål, Hol]", "members: [Ål]"), {
    from: 12,
    to: 17,
    insert: "",
  });
});
