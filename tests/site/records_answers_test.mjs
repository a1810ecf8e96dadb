// records_answers_test.mjs PROGRAM: the records compiled to WebAssembly give the same answers as the native program: the
// same export, byte for byte, and the same plan. Each reads what the other exports and backs up.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load, unload } from "../web/load.mjs";
import { loadDriver } from "./records_driver.mjs";
import { exerciseText, readModule, runNatively, withFolder } from "./records_site.mjs";

const [program] = process.argv.slice(2);
const MONDAY = 1_767_600_000;
const DAY = 86_400;

const { BlockFiles } = await load("storage/block_files.ts");
const { readFile, writeFile } = await load("storage/files.ts");
const { fileImports } = await load("storage/imports.ts");
const compiled = await WebAssembly.compile(readModule());

const exercise = {
  do: "exercise",
  exercise: exerciseText("single_leg_kick"),
  words: exerciseText("cues.en"),
  plan: exerciseText("plan"),
};

async function browser() {
  const files = new BlockFiles();
  const run = await loadDriver(compiled, (memory) => fileImports(files, memory));
  assert.deepEqual(run(exercise), {});
  return { files, run };
}

/** Four practices in two weeks, with poses. */
const practised = [
  { do: "open" },
  { do: "add_person", text: "Ada Lovelace ☺", now: MONDAY },
  { do: "add_person", text: "Ada Lovelace ☺", now: MONDAY },
  { do: "add_person", text: "Bo", now: MONDAY },
  ...[0, 3, 7, 10].flatMap((day, i) => [
    { do: "begin", now: MONDAY + day * DAY },
    ...Array.from({ length: 4 + i }, () => ({ do: "repetition", frames: 45 })),
    ...(i === 3 ? [] : [{ do: "end" }]),
  ]),
];
const asked = [
  { do: "state" },
  { do: "export" },
  { do: "export", person: 2 },
  { do: "today", now: MONDAY + 12 * DAY },
  { do: "import", text: "{}" },
];

const nextOf = ({ text }) => JSON.parse(text).next;

await withFolder(async (folder) => {
  const native = (name) => {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    return (commands) => runNatively(program, place, [exercise, ...commands]).slice(1);
  };
  const here = await browser();
  const inBrowser = [...practised, ...asked].map(here.run);
  const natively = native("first")([...practised, ...asked]);
  assert.deepEqual(inBrowser, natively);
  const [state, exported, , plan] = natively.slice(-asked.length);
  assert.deepEqual(
    state.practices.map((each) => each.repetitions),
    [4, 5, 6, 7],
  );
  assert.ok(exported.text.length > 20_000 && plan.text.includes("next"), plan.text);

  // An export goes the other way, and leads to the same plan.
  const imports = [
    { do: "open" },
    { do: "add_person", text: "Ada Lovelace ☺", now: MONDAY },
    { do: "import", text: exported.text },
    { do: "import", text: exported.text },
    { do: "export" },
    { do: "today", now: MONDAY + 12 * DAY },
  ];
  const [, , added, again, , planThere] = native("second")(imports);
  assert.deepEqual([added, again], [{ added: 4 }, { added: 0 }]);
  const there = await browser();
  assert.deepEqual(imports.map(there.run), native("third")(imports));
  // What is unfinished here is interrupted there.
  assert.deepEqual(nextOf(planThere), nextOf(plan));

  // So does a backup, with unfinished practices and the PIN.
  assert.deepEqual(here.run({ do: "set_pin", text: "2468" }), {});
  assert.deepEqual(here.run({ do: "backup", file: "mine.db" }), {});
  assert.deepEqual(
    here.files.names().filter((name) => name.includes("mine")),
    ["/mine.db"],
  );
  const restored = [
    { do: "check", file: "mine.db" },
    { do: "restore", file: "mine.db" },
    { do: "open" },
    ...asked,
    { do: "try_pin", text: "2468" },
    { do: "try_pin", text: "2469" },
  ];
  mkdirSync(join(folder, "fourth"));
  writeFileSync(join(folder, "fourth", "mine.db"), readFile(here.files, "/mine.db"));
  const afterwards = native("fourth")(restored);
  const expected = [{}, { kept: "" }, {}, ...natively.slice(-asked.length)];
  const withPin = (answers) =>
    JSON.parse(JSON.stringify(answers).replaceAll('\\"pin\\":true', '\\"pin\\":false'));
  assert.deepEqual(withPin(afterwards), [...expected, { right: true }, { right: false }]);

  native("fifth")([
    ...practised,
    { do: "set_pin", text: "1357" },
    { do: "backup", file: "mine.db" },
  ]);
  const back = await browser();
  const mine = readFileSync(join(folder, "fifth", "mine.db"));
  writeFile(back.files, "/mine.db", mine);
  const found = restored.map(back.run);
  assert.deepEqual(withPin(found.slice(0, -2)), expected);
  assert.deepEqual(back.run({ do: "try_pin", text: "1357" }), { right: true });

  // The database itself, as a tool for developers would find it, with its log.
  const raw = await browser();
  for (const name of ["/matside.db", "/matside.db-wal"])
    writeFile(raw.files, name, readFile(back.files, name) ?? new Uint8Array());
  assert.deepEqual(raw.run({ do: "check" }), {});
  assert.deepEqual(raw.run({ do: "open" }), {});
  assert.deepEqual(raw.run({ do: "state" }), state);

  // What is damaged or no database is refused, and stays as it is.
  const damaged = mine.slice();
  damaged.fill(0x55, 8192, 9000);
  for (const [bytes, error] of [
    [damaged, /damaged/],
    [new TextEncoder().encode("no database".repeat(500)), /damaged|not a Matside database/],
  ]) {
    writeFile(back.files, "/mine.db", bytes);
    assert.match(back.run({ do: "check", file: "mine.db" }).error, error);
    back.run({ do: "close" });
    assert.match(back.run({ do: "restore", file: "mine.db" }).error, error);
    assert.deepEqual(back.run({ do: "open" }), {});
    assert.deepEqual(back.run({ do: "state" }), state);
  }

  // Erasing leaves nothing in any file.
  assert.deepEqual(back.files.names(), ["/matside.db", "/mine.db", "/matside.db-wal"]);
  back.files.remove("/mine.db");
  assert.deepEqual(back.run({ do: "erase_all" }), {});
  for (const name of back.files.names()) {
    const bytes = Buffer.from(readFile(back.files, name));
    assert.ok(!bytes.includes("Lovelace"), `${name} still has a name`);
  }
  console.log(`${inBrowser.length} equal answers, ${exported.text.length} bytes exported`);
});
await unload();
