// compare_wasm.mjs WRITE_STREAMS PRINT_EVENTS MODULE FOLDER PRACTICES RESULTS: the native build and the one for browsers
// print the same bytes for simulated practices and for the poses of the clips (RESULTS/NAME.json with NAME.csv).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";

const [write, print, module, folder, practices, results] = process.argv.slice(2);
const exercises = fileURLToPath(new URL("../../data/exercises", import.meta.url));
assert.ok(existsSync(module), `${module} is missing: run ./dev site first`);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
execFileSync(write, [folder, practices]);

const clips = readdirSync(results).filter((name) => name.endsWith(".json"));
assert.ok(clips.length > 0, `${results} has no results of clips`);
for (const name of clips) {
  const table = `clip_${basename(name, ".json")}.csv`;
  const { exercise, source } = JSON.parse(readFileSync(join(results, name), "utf8"));
  copyFileSync(join(results, name.replace(/json$/, "csv")), join(folder, table));
  const { width, height } = source;
  appendFileSync(join(folder, "streams.txt"), `${table} ${exercise.level} ${width} ${height}\n`);
}

const native = join(folder, "events.txt");
execFileSync(print, [folder, exercises], { stdio: ["ignore", openSync(native, "w"), "inherit"] });

const inBrowsers = join(folder, "events_wasm.txt");
const wasi = new WASI({
  version: "preview1",
  args: ["print_events", "/streams", "/exercises"],
  preopens: { "/streams": folder, "/exercises": exercises },
  stdout: openSync(inBrowsers, "w"),
  returnOnExit: true,
});
const { instance } = await WebAssembly.instantiate(readFileSync(module), wasi.getImportObject());
assert.equal(wasi.start(instance), 0, "print_events failed in WebAssembly");

const expected = readFileSync(native);
assert.ok(expected.equals(readFileSync(inBrowsers)), `${native} and ${inBrowsers} differ`);
const repetitions = expected.toString().match(/^repetition /gm)?.length ?? 0;
assert.ok(repetitions > 0, "there was no repetition");
console.log(
  `${clips.length} clips, ${practices} practices, ${repetitions} repetitions, ` +
    `${expected.length} bytes: the same`,
);
