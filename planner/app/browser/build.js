// Bundles every component into one file of dist/, and lists the licences of what is bundled.
// Same sources and same packages, same bytes. `node build.js DIR` writes elsewhere.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const COMPONENTS = [
  "map/map.js",
  "map/drawing.js",
  "editor/editor.js",
  "editor/written.js",
  "page/page.js",
];

/** @param {string[]} inputs - files of a bundle; return folders of the packages they lie in */
function packagesOf(inputs) {
  const folders = inputs.flatMap((input) => {
    const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    return name ? [name] : [];
  });
  return [...new Set(folders)].sort();
}

/** @param {string} name - of a package; return what its licence says */
function licenceOf(name) {
  const folder = join(HERE, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no licence file`);
  const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}

const outdir = process.argv[2] ?? join(HERE, "dist");
if (!existsSync(outdir)) mkdirSync(outdir, { recursive: true });
const { metafile, outputFiles } = await build({
  absWorkingDir: HERE,
  entryPoints: COMPONENTS,
  entryNames: "[name]",
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "// Built by build.js; licences of what is bundled are in LICENSES.txt." },
  metafile: true,
  write: false,
});
for (const { path, contents } of outputFiles) writeFileSync(path, contents);
const inputs = Object.keys(metafile.inputs).map((input) => input.split(sep).join("/"));
writeFileSync(
  join(outdir, "LICENSES.txt"),
  packagesOf(inputs)
    .map(licenceOf)
    .join(`\n${"-".repeat(80)}\n\n`),
);
for (const { path, contents } of outputFiles) {
  process.stdout.write(`${relative(HERE, path)}: ${Math.round(contents.length / 1024)} kB\n`);
}
