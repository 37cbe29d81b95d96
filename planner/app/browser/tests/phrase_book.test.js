import assert from "node:assert/strict";
import { test } from "node:test";

import { phraseBook } from "../page/phrase_book.js";

const find = phraseBook({
  "Clear all": "Tøm",
  "Remove *": "Ta bort *",
  "* per file": "Høyst 200 kB",
  "Is it (so)?": "Er det slik?",
});

test("a phrase is found whole, and no part of another", () => {
  assert.equal(find("Clear all"), "Tøm");
  assert.equal(find("Clear all of it"), undefined);
  assert.equal(find("Is it (so)?"), "Er det slik?");
});

test("what is filled in stays as it is, whatever it holds", () => {
  assert.equal(find("Remove Modell A – $& og *"), "Ta bort Modell A – $& og *");
  assert.equal(find("Remove "), undefined);
});

test("what is filled in may be left out", () => {
  assert.equal(find("2.0MB per file"), "Høyst 200 kB");
});
