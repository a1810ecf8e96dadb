// node --test tests/web/network_file_test.mjs
// The networks' file is taken only as the list beside it says.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, test } from "node:test";
import { json, withServer } from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { downloadNetworks, networkFiles, NetworksFailed } = await load("vision/network_file.ts");

const FOLDER = new URL("https://example.org/matside/networks/");
const FILE = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const LISTED = {
  file: "networks.tflite",
  bytes: FILE.length,
  sha256: createHash("sha256").update(FILE).digest("hex"),
};

/** What the page makes of a host with this list and this file. */
function downloaded(list, file = FILE, progress = () => undefined) {
  const answer = (address) =>
    String(address).endsWith(".json") ? json(list) : new Response(file, { status: 200 });
  return withServer(answer, () => downloadNetworks(FOLDER, progress).catch((error) => error));
}

test("the file that the list names is downloaded, and its progress reported", async () => {
  const shares = [];
  const { requests, result } = await downloaded(LISTED, FILE, (share) => shares.push(share));
  assert.deepEqual(result, FILE);
  assert.equal(shares.at(-1), 1);
  const addresses = requests.map(({ address }) => String(address));
  assert.deepEqual(addresses, [`${FOLDER}networks.json`, `${FOLDER}networks.tflite`]);
});

test("a file that was changed, cut short or made longer is refused", async () => {
  const changed = FILE.slice();
  changed[500] ^= 1;
  for (const file of [changed, FILE.slice(1), Uint8Array.of(...FILE, 0), new Uint8Array()]) {
    const { result } = await downloaded(LISTED, file);
    assert.ok(result instanceof NetworksFailed, `${file.length} bytes`);
  }
});

test("a list that is damaged, too large or points elsewhere is refused before anything is fetched", async () => {
  const lists = [
    null,
    [],
    "networks",
    {},
    { ...LISTED, bytes: 0 },
    { ...LISTED, bytes: 1e12 },
    { ...LISTED, bytes: "1000" },
    { ...LISTED, bytes: 1.5 },
    { ...LISTED, file: "../page.js" },
    { ...LISTED, file: "https://example.com/networks.tflite" },
    { ...LISTED, sha256: undefined },
  ];
  for (const list of lists) {
    const { requests, result } = await downloaded(list);
    assert.ok(result instanceof NetworksFailed, JSON.stringify(list));
    assert.equal(requests.length, 1, JSON.stringify(list));
  }
});

test("a host that is gone or has no networks is named", async () => {
  const gone = () => Promise.reject(new TypeError("no network"));
  const missing = () => new Response("", { status: 404 });
  const noJson = () => new Response("<html>");
  for (const answer of [gone, missing, noJson]) {
    const { result } = await withServer(answer, () => networkFiles(FOLDER).catch((error) => error));
    assert.ok(result instanceof NetworksFailed);
  }
});
