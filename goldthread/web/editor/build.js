// Bundles the editor into ../static/web: editor.js, editor.css and the licences of what is inside.
// Repeat it with: npm ci && npm run build

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "..", "static", "web");

function sources() {
  const found = readdirSync(join(HERE, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(HERE.length + 1));
  return ["build.js", "package-lock.json", "package.json", ...found].sort();
}

// SHA-256 over each file's path and bytes in order of path, each followed by a zero byte.
function sourceSeal() {
  const hash = createHash("sha256");
  for (const path of sources()) hash.update(path).update("\0").update(readFileSync(join(HERE, path))).update("\0");
  return hash.digest("hex");
}

function licences(inputs) {
  const names = new Set(Object.keys(inputs).map((path) => /node_modules\/([^/]+)\//.exec(path)?.[1]).filter(Boolean));
  return [...names].sort().map((name) => {
    const folder = join(HERE, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
  }).join("\n----\n\n");
}

const banner = `/*! Goldthread section editor. Licences: editor.licences.txt. Sources ${sourceSeal()} */`;
const result = await build({
  absWorkingDir: HERE,
  entryPoints: { editor: "src/main.js" },
  bundle: true, minify: true, format: "iife", target: ["es2022", "firefox115", "safari16"],
  legalComments: "none", charset: "utf8", metafile: true, outdir: OUT, banner: { js: banner },
});
await build({
  absWorkingDir: HERE, entryPoints: { editor: "src/editor.css" }, minify: true, charset: "utf8", outdir: OUT,
  target: ["chrome110", "firefox115", "safari16"],
});
writeFileSync(join(OUT, "editor.licences.txt"), licences(result.metafile.inputs));
