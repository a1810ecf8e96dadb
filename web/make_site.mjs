// make_site.mjs OUT MODULE BUILD: the page with everything that it needs, as static files for any web host. MODULE is
// matside.wasm; the recorded voice and the networks come from the folder of the native build.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const [folder, module, native] = process.argv.slice(2);
if (!native) {
  console.error("usage: make_site.mjs OUT MODULE BUILD");
  process.exit(2);
}
const out = resolve(folder);
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const ICONS = [
  ["icon-192.png", 192, false],
  ["icon-512.png", 512, false],
  ["icon-512-maskable.png", 512, true],
];
for (const needed of [
  module,
  join(native, "share/matside/web/voice"),
  join(native, "web_networks"),
])
  if (!existsSync(needed)) {
    console.error(`${needed} is missing: run ./dev site, which builds it`);
    process.exit(1);
  }
/** Those that web/src/vision/runtime.ts chooses from. */
const LITERT_BUILDS = [
  "litert_wasm_compat_internal",
  "litert_wasm_internal",
  "litert_wasm_threaded_internal",
];
/** Without these the page can't open. */
const FIRST =
  /^(index\.html|page\.(js|css)|worker\.js|matside\.wasm|matside\.webmanifest|icon.*|voice\/voice\.json)$/;
/** Of these a device needs only some, or none before the page is installed: it asks for them. */
const ASKED = /^(litert|networks|screenshots)\//;
const whenFetched = (path) => (FIRST.test(path) ? "first" : ASKED.test(path) ? "asked" : "soon");

/** An icon as a picture; a maskable one has room around it, for the system cuts its edge off. */
function drawIcon(file, size, maskable) {
  const icon = readFileSync(join(out, "icon.svg"), "utf8");
  const svg = maskable
    ? icon
        .replace('viewBox="0 0 48 48"', 'viewBox="-6 -6 60 60"')
        .replace("<rect ", '<rect x="-6" y="-6" ')
        .replace('width="48" height="48" rx="11"', 'width="60" height="60"')
    : icon;
  execFileSync("rsvg-convert", ["-w", `${size}`, "-h", `${size}`, "-o", join(out, file)], {
    input: svg,
  });
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join("/"),
    )
    .sort();
}

await build({ configFile: at("site/vite.config.mjs"), build: { outDir: out }, logLevel: "warn" });
await build({
  configFile: at("report/vite.config.mjs"),
  build: { outDir: join(out, "report"), emptyOutDir: true },
  logLevel: "warn",
});
copyFileSync(at("../data/exercises/sources.json"), join(out, "report/sources.json"));
cpSync(at("site/public"), out, { recursive: true });
copyFileSync(module, join(out, "matside.wasm"));
cpSync(join(native, "share/matside/web/voice"), join(out, "voice"), { recursive: true });
cpSync(join(native, "web_networks"), join(out, "networks"), { recursive: true });
mkdirSync(join(out, "litert"));
for (const name of LITERT_BUILDS)
  for (const ending of ["js", "wasm"])
    copyFileSync(
      at(`node_modules/@litertjs/core/wasm/${name}.${ending}`),
      join(out, "litert", `${name}.${ending}`),
    );
for (const icon of ICONS) drawIcon(...icon);

// The service worker itself is not in its list: the browser looks for a new one.
const worker = join(out, "service_worker.js");
rmSync(join(out, "SHA256SUMS"), { force: true });
const files = filesIn(out)
  .filter((path) => path !== "service_worker.js")
  .map((path) => ({
    path,
    sha256: createHash("sha256")
      .update(readFileSync(join(out, path)))
      .digest("hex"),
    when: whenFetched(path),
  }));
if (!existsSync(worker)) throw new Error("vite made no service_worker.js");
writeFileSync(worker, `const FILES=${JSON.stringify(files)};\n${readFileSync(worker, "utf8")}`);
writeFileSync(
  join(out, "SHA256SUMS"),
  [
    ...files,
    {
      path: "service_worker.js",
      sha256: createHash("sha256").update(readFileSync(worker)).digest("hex"),
    },
  ]
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join(""),
);
const total = filesIn(out).reduce((sum, path) => sum + statSync(join(out, path)).size, 0);
console.log(`${out}: ${files.length + 2} files, ${(total / 1e6).toFixed(1)} MB`);
