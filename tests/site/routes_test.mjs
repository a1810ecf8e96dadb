// routes_test.mjs SITE
// The program in the browser answers every route of records.schema.json, except for what needs a server, and what it
// exports can be imported again. Its files are in memory; no browser is needed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load, unload } from "../web/load.mjs";

const [site] = process.argv.slice(2);
const SCHEMA = new URL("../../src/protocol/records.schema.json", import.meta.url);
/** Devices are paired with a server. */
const ONLY_A_SERVER = ["GET devices", "POST unpair"];
const NO_ROUTE = /There is no such route/;

/** The program, as web/src/engine/worker.ts loads it. @returns a function that asks it */
async function startProgram() {
  const { EngineModule } = await load("engine/module.ts");
  const { wasiImports } = await load("engine/wasi.ts");
  const { fileImports } = await load("storage/imports.ts");
  const { BlockFiles } = await load("storage/block_files.ts");
  const answers = [];
  const host = {
    send: () => undefined,
    close: () => undefined,
    respond: (all) => answers.push(all),
  };
  const absent = () => -1;
  const networks = Object.fromEntries(
    ["open", "shape", "run", "start", "finish", "close"].map((each) => [`network_${each}`, absent]),
  );
  const compiled = await WebAssembly.compile(readFileSync(join(site, "matside.wasm")));
  const engine = await EngineModule.load(compiled, host, (memory) => ({
    ...wasiImports(memory),
    ...fileImports(new BlockFiles(), memory),
    matside: networks,
  }));
  const text = (path) => readFileSync(join(site, path), "utf8");
  engine.start(text("voice/voice.json"));
  engine.setReportParts(text("report/report.html"), text("report/sources.json"));
  return (route, body) => {
    const bytes = new TextEncoder().encode(body === undefined ? "" : body);
    engine.request(body !== undefined, `/api/${route}`, "", bytes);
    const { status, body: got } = answers.pop();
    return { status, text: new TextDecoder().decode(got) };
  };
}

/** The methods and names that the schema describes. */
function describedRoutes() {
  const { description } = JSON.parse(readFileSync(SCHEMA, "utf8"));
  const named = [...description.matchAll(/(GET|POST) \/api\/([a-z]+)/g)];
  return [...new Set(named.map(([, method, name]) => `${method} ${name}`))];
}

const ask = await startProgram();
const send = (route, body) => ask(route, JSON.stringify(body));
assert.equal(send("persons", { name: "Ada" }).status, 200);
const missing = describedRoutes().filter((each) => {
  const [method, name] = each.split(" ");
  const query = "?person=1&id=1&practice=1&index=1";
  const { text } = method === "GET" ? ask(`${name}${query}`) : ask(`${name}${query}`, "{}");
  return NO_ROUTE.test(text);
});
assert.deepEqual(missing, ONLY_A_SERVER);

const exported = ask("export?person=1");
assert.equal(exported.status, 200);
assert.equal(send("persons", { name: "Ida" }).status, 200);
const imported = ask("import?person=2", exported.text);
assert.deepEqual([imported.status, JSON.parse(imported.text)], [200, { practices: 0 }]);
assert.match(ask("import?person=2", "{}").text, /error/);
await unload();
