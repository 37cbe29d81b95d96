import assert from "node:assert/strict";
import { test } from "node:test";
import { attend, boardOf, carry, leave } from "../board.js";

/** @returns {{ got: string[], receive: (letter: string) => void }} */
function host() {
  /** @type {string[]} */
  const got = [];
  return { got, receive: (letter) => got.push(letter) };
}

test("a letter reaches its host, whichever of them is there first", () => {
  const early = host();
  attend("first", "key", early);
  carry("first", "key", "one");
  carry("first", "another key", "nobody's");
  assert.deepEqual(early.got, ["one"]);
  const late = host();
  attend("first", "key", late);
  assert.deepEqual(late.got, ["one"]);
});

test("what is gone is not met again, and takes nobody else with it", () => {
  const old = host();
  const takeBack = carry("second", "key", "old");
  attend("second", "key", old);
  carry("second", "key", "new");
  takeBack();
  const young = host();
  attend("second", "key", young);
  leave("second", "key", old);
  assert.deepEqual(young.got, ["new"]);
  assert.equal(boardOf("second").hosts.get("key"), young);
  leave("second", "key", young);
  assert.equal(boardOf("second").hosts.size, 0);
});
