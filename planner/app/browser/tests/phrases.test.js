import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const HERE = new URL("../", import.meta.url);
const TEXTS = new URL("../../present/words/texts/", HERE);

/** Words that the packages of CodeMirror ask to have translated. */
function asked() {
  const packages = new URL("node_modules/@codemirror/", HERE);
  const code = readdirSync(packages).map((name) => {
    return readFileSync(new URL(`${name}/dist/index.js`, packages), "utf8");
  });
  const calls = code.join("\n").matchAll(/\bphrase\([^()]*?"[^)]*/g);
  return new Set(
    [...calls].flatMap(([call]) => [...call.matchAll(/"([^"]+)"/g)].map((one) => one[1])),
  );
}

test("every language has the words that CodeMirror says", () => {
  const words = [...asked()];
  assert.ok(
    words.includes("Find") && words.includes("Unfold line") && words.includes("replaced $ matches"),
  );
  for (const language of readdirSync(TEXTS)) {
    const texts = readFileSync(new URL(`${language}/edit.toml`, TEXTS), "utf8");
    const said = texts.slice(texts.indexOf("[edit.said]"));
    const missing = words.filter((word) => !said.includes(`\n"${word}" = "`));
    assert.deepEqual(missing, [], language);
  }
});
