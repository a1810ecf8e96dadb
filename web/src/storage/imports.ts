// The files as functions for the module: src/records/sqlite/browser/page_files.h.
import type { Files } from "./files";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param memory of the module, once it is loaded */
export function fileImports(files: Files, memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const bytes = (at: number, length: number) =>
    new Uint8Array(memory().buffer, at >>> 0, length >>> 0);
  const text = (at: number, length: number) => decoder.decode(bytes(at, length));
  return {
    matside_files: {
      open: (name: number, length: number, create: number) =>
        files.open(text(name, length), create !== 0),
      close: (handle: number) => files.close(handle),
      read: (handle: number, to: number, count: number, offset: number) =>
        files.read(handle, bytes(to, count), offset),
      write: (handle: number, from: number, count: number, offset: number) =>
        files.write(handle, bytes(from, count), offset),
      truncate: (handle: number, size: number) => files.truncate(handle, size),
      size: (handle: number) => files.size(handle),
      sync: (handle: number) => files.sync(handle),
      remove: (name: number, length: number) => files.remove(text(name, length)),
      rename: (from: number, fromLength: number, to: number, toLength: number) =>
        files.rename(text(from, fromLength), text(to, toLength)),
      exists: (name: number, length: number) =>
        files.names().includes(text(name, length)) ? 1 : 0,
      list: (to: number, capacity: number) => {
        const all = encoder.encode(
          files
            .names()
            .map((name) => `${name}\n`)
            .join(""),
        );
        if (all.length <= capacity) bytes(to, all.length).set(all);
        return all.length;
      },
    },
  };
}
