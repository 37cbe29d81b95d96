import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { DraftExchange } from "../editor/draft_exchange.js";

/** @import { Edit, EditorLetter } from "../types.js" */

const KEY = "kontorplan:hallingdal/modell-e";
/** @type {Map<string, string>} */
let kept;
/** @type {Edit[]} */
let edits;
let now = 0;

beforeEach(() => {
  kept = new Map();
  edits = [];
  now = 1000;
});

/** @param {Partial<EditorLetter>} [how] @returns {EditorLetter} */
function letter(how) {
  return {
    editor: "",
    file: "hallingdal/modell-e",
    born: "today",
    text: "a",
    saved: "a",
    base: "v1",
    revision: 0,
    taken: 0,
    faults: [],
    status: "",
    report: (edit) => edits.push(edit),
    ...how,
  };
}

/** A tab of a browser: a reload makes another, with the same storage. */
function tab() {
  const storage = {
    /** @param {string} key */ getItem: (key) => kept.get(key) ?? null,
    /** @param {string} key @param {string} value */ setItem: (key, value) => kept.set(key, value),
    /** @param {string} key */ removeItem: (key) => kept.delete(key),
  };
  return new DraftExchange(storage, () => now);
}

/** @param {Partial<EditorLetter>} [how] */
function opened(how) {
  const exchange = tab();
  exchange.receive(letter(how), "");
  return exchange;
}

test("the app's text is shown, and nothing is sent", () => {
  assert.equal(tab().receive(letter({ text: "title: x" }), ""), "title: x");
  assert.deepEqual(edits, []);
});

test("what is written is sent once, with a growing number", () => {
  const exchange = opened();
  exchange.send("ab");
  exchange.send("ab");
  now = 0; // a clock that was put back
  exchange.send("abc");
  assert.deepEqual(
    edits.map(({ text, number }) => [text, number]),
    [
      ["ab", 1000],
      ["abc", 1001],
    ],
  );
});

test("a letter that answers to an earlier text leaves what was written since", () => {
  const exchange = opened();
  exchange.send("ab");
  assert.equal(exchange.receive(letter({ text: "ab", taken: 1000 }), "abc"), "abc");
});

test("a step goes alone where nothing was written, and with the text where it was", () => {
  const exchange = opened();
  exchange.send("a", { step: -1 });
  exchange.send("ab", { step: -1 });
  assert.deepEqual(
    edits.map(({ text, step }) => [text, step]),
    [
      [null, -1],
      ["ab", -1],
    ],
  );
});

test("a text that the app has not taken yet goes along with the next step", () => {
  const exchange = opened();
  exchange.send("ab");
  exchange.send("ab", { step: -1 });
  assert.equal(edits[1].text, "ab");
});

test("a change from elsewhere is shown; what was being written is sent before it", () => {
  const exchange = opened();
  assert.equal(exchange.receive(letter({ text: "map", revision: 1 }), "ab"), "map");
  assert.deepEqual([edits[0].text, edits[0].revision], ["ab", 0]);
});

test("only what the file does not hold is kept for a reload", () => {
  const exchange = opened();
  exchange.remember("ab");
  assert.equal(exchange.isUnsaved("ab"), true);
  assert.deepEqual(JSON.parse(kept.get(KEY) ?? ""), { text: "ab", base: "v1", number: 0 });
  exchange.remember("a");
  assert.equal(exchange.isUnsaved("a"), false);
  assert.equal(kept.size, 0);
});

test("a reload brings back what was written, and says on what it was built", () => {
  opened().remember("ab");
  const reloaded = tab();
  const text = reloaded.receive(letter({ born: "later", saved: "b", text: "b", base: "v2" }), "");
  assert.equal(text, "ab");
  assert.deepEqual([edits[0].text, edits[0].base], ["ab", "v1"]);
});

test("what is older than what the app has taken is not brought back", () => {
  opened().send("ab");
  const text = tab().receive(letter({ born: "later", text: "abc", taken: 2000 }), "");
  assert.equal(text, "abc");
});

test("another file's text, or nonsense, is not brought back", () => {
  opened().remember("ab");
  assert.equal(tab().receive(letter({ file: "hallingdal/modell-a", text: "x" }), ""), "x");
  for (const nonsense of ["{", "null", "[]", '{"text": 1, "number": 9}']) {
    kept.set(KEY, nonsense);
    assert.equal(tab().receive(letter(), ""), "a");
  }
});

test("a storage that refuses loses nothing that is shown", () => {
  const refuse = () => {
    throw new Error("full");
  };
  const exchange = new DraftExchange({ getItem: refuse, setItem: refuse, removeItem: refuse });
  assert.equal(exchange.receive(letter(), ""), "a");
  exchange.send("ab");
  assert.equal(edits[0].text, "ab");
});
