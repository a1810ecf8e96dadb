// The files of the records in a browser: a crash at any write leaves old or new names, and nothing that was saved is lost.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load, unload } from "./load.mjs";

const { BlockFiles } = await load("storage/block_files.ts");
const { FileStatus, readFile, StorageFull, StorageInUse, writeFile } =
  await load("storage/files.ts");
const { decodeMap, encodeMap, PLACE_BYTES, placeOf } = await load("storage/file_map.ts");
const { OpfsFiles } = await load("storage/opfs_files.ts");
const { safetyWords } = await load("storage/safety.ts");
after(unload);

class Killed extends Error {}

/** A browser's private files that can lose the rest of a write. */
class FakeDisk {
  files = new Map();
  left = Infinity;
  torn = false;

  /** Counts a change. @returns whether it takes place; a killed page changes nothing any more */
  change() {
    if (this.left <= 0) throw new Killed();
    this.left--;
    return this.left > 0;
  }

  install() {
    const handle = (name) => ({
      read: (to, { at }) => {
        const part = this.files.get(name).subarray(at, at + to.length);
        to.set(part);
        return part.length;
      },
      write: (from, { at }) => {
        const whole = this.change();
        const part = whole ? from : from.subarray(0, this.torn ? from.length >> 1 : 0);
        const old = this.files.get(name);
        const bytes = new Uint8Array(Math.max(old.length, at + part.length));
        bytes.set(old);
        bytes.set(part, at);
        this.files.set(name, bytes);
        if (!whole) throw new Killed();
        return part.length;
      },
      truncate: (size) => {
        if (!this.change()) throw new Killed();
        this.files.set(name, this.files.get(name).slice(0, size));
      },
      getSize: () => this.files.get(name).length,
      flush: () => undefined,
      close: () => undefined,
    });
    const folder = {
      getDirectoryHandle: async () => folder,
      getFileHandle: async (name) => {
        if (!this.files.has(name)) this.files.set(name, new Uint8Array());
        return { createSyncAccessHandle: async () => handle(name) };
      },
    };
    Object.defineProperty(globalThis, "navigator", {
      value: { storage: { getDirectory: async () => folder } },
      configurable: true,
    });
  }
}

const bytesOf = (text) => new TextEncoder().encode(text);
const textOf = (files, name) => {
  const bytes = readFile(files, name);
  return bytes && new TextDecoder().decode(bytes);
};
const contentOf = (files) =>
  Object.fromEntries(files.names().map((name) => [name, textOf(files, name)]));

test("a page that is killed at any change leaves old or new names, with their content", async () => {
  const steps = [
    (files) => files.remove("/c"),
    (files) => files.rename("/new", "/a"),
    (files) => files.rename("/a", "/d"),
    (files) => writeFile(files, "/e", bytesOf("five")),
  ];
  for (const torn of [false, true]) {
    for (const step of steps) {
      let finished = false;
      for (let changes = 1; !finished; changes++) {
        assert.ok(changes < 50);
        const disk = new FakeDisk();
        disk.torn = torn;
        disk.install();
        const before = await OpfsFiles.open();
        for (const name of ["/a", "/b", "/c", "/new"])
          writeFile(before, name, bytesOf(`of ${name}`));
        const old = contentOf(before);
        disk.left = changes;
        try {
          step(before);
        } catch {
          // Saving failed, as a killed page would not even notice.
        }
        finished = disk.left > 0;
        disk.left = Infinity;
        const files = await OpfsFiles.open();
        const found = contentOf(files);
        for (const name of ["/b"]) assert.equal(found[name], old[name]);
        const expected = [
          old,
          { "/a": old["/a"], "/b": old["/b"], "/new": old["/new"] },
          { "/a": old["/new"], "/b": old["/b"], "/c": old["/c"] },
          { "/d": old["/a"], "/b": old["/b"], "/c": old["/c"], "/new": old["/new"] },
          { ...old, "/e": "" },
          { ...old, "/e": "fi" },
          { ...old, "/e": "five" },
        ];
        assert.ok(
          expected.some((each) => {
            try {
              assert.deepEqual(found, each);
              return true;
            } catch {
              return false;
            }
          }),
          JSON.stringify(found),
        );
        // Nothing of a removed file stays on the disk.
        if (finished && step === steps[0])
          for (const [name, bytes] of disk.files)
            if (name !== "files") assert.ok(!new TextDecoder().decode(bytes).includes("of /c"));
      }
    }
  }
});

test("a damaged list of files is refused, not taken for an empty one", async () => {
  const disk = new FakeDisk();
  disk.install();
  writeFile(await OpfsFiles.open(), "/a", bytesOf("something"));
  disk.files.set("files", new Uint8Array(2 * PLACE_BYTES).fill(7));
  await assert.rejects(OpfsFiles.open(), /damaged/);
});

test("the list of files is the newest complete one", () => {
  const older = { sequence: 6, files: new Map([["/a", 0]]) };
  const newer = { sequence: 7, files: new Map([["/b", 0]]) };
  const bytes = new Uint8Array(2 * PLACE_BYTES);
  for (const map of [older, newer]) bytes.set(encodeMap(map), placeOf(map));
  assert.deepEqual(decodeMap(bytes), newer);
  for (let i = 0; i < 200; i++) {
    const torn = bytes.slice();
    torn[placeOf(newer) + i] ^= 1;
    const found = decodeMap(torn);
    assert.ok(found.sequence === 6 || found.sequence === 7);
    if (found.sequence === 7) assert.deepEqual(found, newer);
  }
  assert.equal(decodeMap(new Uint8Array()), undefined);
  assert.equal(decodeMap(new Uint8Array(2 * PLACE_BYTES)), undefined);
});

/** Saves into a map, as IndexedDbFiles does into its stores. */
class SavedFiles extends BlockFiles {
  stored = new Map();
  save(fails) {
    const changes = this.takeChanges();
    if (!changes) return;
    if (fails) return this.putBack(changes);
    const { names, blocks, shortened, removed } = changes;
    for (const key of [...this.stored.keys()]) {
      const [id, block] = key.split(":").map(Number);
      const cut = shortened.find((each) => each.id === id);
      if (removed.includes(id) || (cut && block >= cut.blocks)) this.stored.delete(key);
    }
    for (const { id, block, bytes } of blocks) this.stored.set(`${id}:${block}`, bytes);
    this.named = names;
  }
  /** What a page would find after a crash. */
  content() {
    return Object.fromEntries(
      this.named.map(({ name, id, size }) => {
        const bytes = new Uint8Array(size);
        for (let i = 0; i * 4096 < size; i++) bytes.set(this.stored.get(`${id}:${i}`), i * 4096);
        return [name, bytes];
      }),
    );
  }
}

test("what is saved block by block is what was written, even after saving failed", () => {
  let state = 7;
  const random = (below) => (state = (state * 48271) % 2147483647) % below;
  const files = new SavedFiles();
  const names = ["/a", "/b", "/c"];
  for (let i = 0; i < 3000; i++) {
    const name = names[random(3)];
    const handle = files.open(name, true);
    const action = random(10);
    if (action < 6)
      files.write(handle, new Uint8Array(random(9000)).fill(random(255) + 1), random(30_000));
    else if (action < 8) files.truncate(handle, random(30_000));
    else if (action === 8) files.rename(name, names[random(3)]);
    else files.remove(name);
    if (random(4) !== 0) continue;
    files.save(random(3) === 0);
    files.save(false);
    const found = files.content();
    assert.deepEqual(Object.keys(found).sort(), files.names().sort());
    for (const each of files.names()) assert.deepEqual(found[each], readFile(files, each));
  }
});

test("files answer as the program expects", () => {
  const files = new BlockFiles();
  assert.equal(files.open("/a", false), -1);
  const handle = files.open("/a", true);
  assert.equal(files.open("/a", false), handle);
  assert.equal(files.write(handle, bytesOf("abc"), 5), FileStatus.ok);
  assert.equal(files.size(handle), 8);
  const bytes = new Uint8Array(10);
  assert.equal(files.read(handle, bytes, 4), 4);
  assert.deepEqual([...bytes.subarray(0, 4)], [0, 97, 98, 99]);
  assert.equal(files.remove("/b"), FileStatus.absent);
  assert.equal(files.rename("/b", "/a"), FileStatus.absent);
  assert.equal(files.remove("/a"), FileStatus.ok);
  assert.equal(files.read(handle, bytes, 0), -1);
  assert.equal(files.write(handle, bytes, 0), FileStatus.failed);
});

test("the page explains how safe the records are", () => {
  const words = (safety) => safetyWords(safety).join(" ");
  assert.match(words({ home: "memory", persistent: false }), /saves nothing/);
  assert.match(words({ home: "opfs", persistent: true }), /until you erase them/);
  const unsafe = words({ home: "indexeddb", persistent: false });
  assert.match(unsafe, /may erase them/);
  assert.match(unsafe, /Export your data/);
  const MB = 1024 * 1024;
  const full = { home: "opfs", persistent: true, used_bytes: 95 * MB, allowed_bytes: 100 * MB };
  assert.match(safetyWords(full)[0], /almost no more room/);
  assert.match(words(full), /Matside uses 95 MB; the browser allows 100 MB/);
  for (const failure of [new StorageFull(), new StorageInUse()])
    assert.match(failure.message, /\.$/);
});
