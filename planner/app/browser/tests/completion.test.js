import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { endOfKey, offersAt } from "../editor/completion.js";
import { ITEM, placeAt } from "../editor/place.js";

const ROOT = new URL("../../../../", import.meta.url);
const SCHEMA = JSON.parse(readFileSync(new URL("scenarios/scenario.schema.json", ROOT), "utf8"));
const NAMES = { municipality: ["Gol", "Ål", "Hol"], council: ["Hallingdal"], number: ["wrong"] };
const NAMED = {
  host: "municipality",
  members: "municipality",
  locations: "municipality",
  together: "municipality",
  exempt: "municipality",
  municipalities: "municipality",
  council: "council",
  max_members: "number",
};

/** @param {string} marked - a text with its caret as ¦ */
function placed(marked) {
  return placeAt(marked.replace("¦", ""), marked.indexOf("¦"));
}

/** @param {string} marked */
function pathOf(marked) {
  return (
    placed(marked)
      ?.path.map((step) => (step === ITEM ? "*" : step))
      .join(".") ?? null
  );
}

/** @param {string} marked */
function offered(marked) {
  const place = placed(marked);
  if (!place) return null;
  const offers = offersAt({ schema: SCHEMA, names: NAMES, named: NAMED }, place);
  return offers.map((offer) => offer.label);
}

const PLACES = {
  "¦": "",
  "title: x\nre¦": "",
  "region:\n  ¦": "region",
  "region: {¦": "region",
  "region: {council: ¦": "region.council",
  "region: {council: Hal¦}": "region.council",
  "region: {council: Hallingdal, ¦": "region",
  "region: {council: Hallingdal}\nfo¦": "",
  "region: {add: [Gol, ¦": "region.add.*",
  "region: {add: [Gol], ¦": "region",
  "region: {add: [Gol,\n    Ål,\n  H¦": "region.add.*",
  "groups:\n  - ¦": "groups.*",
  "groups:\n- ¦": "groups.*",
  "groups:\n  - host: ¦": "groups.*.host",
  "groups:\n  - host: Gol\n    ¦": "groups.*",
  "groups:\n  - host: Gol\n    members: [Ål]\n  - host: Ål\n    mem¦": "groups.*",
  "groups:\n  - host: Gol\n    members:\n      - Ål\n      - ¦": "groups.*.members.*",
  "groups:\n- host: Gol\n  members:\n  - Ål\n- ¦": "groups.*",
  "groups:\n- host: Gol\nprop¦": "",
  "groups:\n  - {host: Gol, ¦": "groups.*",
  "propose:\n  constraints:\n    together: [[Gol, ¦": "propose.constraints.together.*.*",
  "propose:\n  constraints:\n    min_fte: 3\n  ¦": "propose",
  "description: >\n  words: no\n\n  more\nform: ¦": "form",
  '"title": "a # b"   # note\n\n# note: x\nform: ¦': "form",
  "title: what? it's 1:2, [really]\nform: ¦": "form",
};

test("a caret's place is read from an unfinished text", () => {
  for (const [text, path] of Object.entries(PLACES)) assert.equal(pathOf(text), path, text);
});

test("nothing is completed in comments, quotes and texts", () => {
  for (const text of [
    "# ¦",
    "form: x # ¦",
    "form: '¦",
    'region: {council: "Hal¦',
    "description: >\n  some ¦",
    "description: |-\n  some\n\n  ¦",
    "title:¦",
  ]) {
    assert.equal(placed(text), null, text);
  }
});

test("keys are offered from the schema, but for those that stand there", () => {
  assert.deepEqual(offered("region:\n  ¦"), [
    "council",
    "county",
    "counties",
    "municipalities",
    "add",
    "remove",
  ]);
  assert.deepEqual(offered("region: {council: Hallingdal, ¦"), [
    "county",
    "counties",
    "municipalities",
    "add",
    "remove",
  ]);
  const group = "groups:\n  - host: Gol\n    ¦\n    locations: {}\n  - host: Ål\n    members: []\n";
  assert.deepEqual(offered(group), ["members"]);
  assert.deepEqual(offered("groups:\n  - ¦\n    host: Gol"), ["members", "locations"]);
  assert.ok(!offered("title: x\n¦\nregion: {}")?.some((key) => /^(title|region)$/.test(key)));
});

test("values are offered from the schema and from the names that the data know", () => {
  assert.deepEqual(offered("rest: ¦"), ["baseline", "own_office"]);
  assert.deepEqual(offered("propose:\n  constraints:\n    contiguous: ¦"), ["true", "false"]);
  assert.deepEqual(offered("groups:\n  - host: ¦"), ["Gol", "Ål", "Hol"]);
  assert.deepEqual(offered("groups:\n  - host: Gol\n    members: [Hol, ¦"), ["Gol", "Ål", "Hol"]);
  assert.deepEqual(offered("propose:\n  constraints:\n    exempt: ¦"), ["minimise", "never"]);
  assert.deepEqual(offered("propose:\n  constraints:\n    exempt: [¦"), ["Gol", "Ål", "Hol"]);
  assert.deepEqual(offered("propose:\n  constraints:\n    max_members: ¦"), []);
  assert.deepEqual(offered("propose:\n  constraints:\n    together: [[¦"), ["Gol", "Ål", "Hol"]);
  assert.deepEqual(offered("region: {council: ¦"), ["Hallingdal"]);
  assert.deepEqual(offered("propose:\n  weights:\n    council: ¦"), []);
});

test("names are offered as keys where the schema leaves keys free", () => {
  assert.deepEqual(offered("groups:\n  - host: Gol\n    locations: {Ål: 2, ¦"), ["Gol", "Hol"]);
  assert.deepEqual(offered("municipalities:\n  Gol: {fte: 1}\n  ¦"), ["Ål", "Hol"]);
  assert.ok(offered("municipalities:\n  Gol:\n    ¦")?.includes("population"));
});

test("nothing is offered where the schema knows nothing", () => {
  assert.deepEqual(offered("unknown:\n  ¦"), []);
  assert.deepEqual(offered("title: ¦"), []);
  assert.deepEqual(offered("constructor:\n  ¦"), []);
});

test("after a key stands what it takes", () => {
  const place = placed("propose:\n  ¦");
  assert.ok(place);
  assert.equal(endOfKey("", place), ": ");
  assert.equal(endOfKey("object", place), ":\n    ");
  assert.equal(endOfKey("list", place), ":\n    - ");
  const inside = placed("propose: {¦");
  assert.ok(inside);
  assert.equal(endOfKey("object", inside), ": ");
});

test("every caret in every shipped scenario has a place that the schema knows", () => {
  const folders = readdirSync(new URL("scenarios/", ROOT), { withFileTypes: true });
  const files = folders.flatMap((folder) =>
    folder.isDirectory()
      ? readdirSync(new URL(`scenarios/${folder.name}/`, ROOT))
          .filter((name) => name.endsWith(".yaml"))
          .map((name) => new URL(`scenarios/${folder.name}/${name}`, ROOT))
      : [],
  );
  assert.ok(files.length > 10);
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const { 1: key, index, 0: found } of text.matchAll(/^ *(?:- )?([a-z_]+):(?= |$)/gm)) {
      const before = text.slice(0, index + found.length - 2); // all but the key's last letter
      const place = placeAt(before, before.length);
      if (!place) continue; // inside a longer text
      const offers = offersAt({ schema: SCHEMA, names: NAMES, named: NAMED }, place);
      assert.ok(
        offers.some((offer) => offer.label === key),
        `${file.pathname}: ${key} after ${before.slice(-60)}`,
      );
    }
  }
});
