// tests/site/records_driver.cpp as a module, over any files: for Node and for a Worker.
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What the C library asks of the system. */
function wasi(memory) {
  const view = () => new DataView(memory().buffer);
  const known = {
    random_get: (at, length) => {
      crypto.getRandomValues(new Uint8Array(memory().buffer, at, length));
      return 0;
    },
    clock_time_get: (_clock, _precision, at) => {
      view().setBigUint64(at, BigInt(Date.now()) * 1_000_000n, true);
      return 0;
    },
  };
  const absent = () => 52;
  return new Proxy(known, { get: (all, name) => all[name] ?? absent });
}

/**
 * @param compiled the module
 * @param imports of web/src/storage/imports.ts
 * @returns a function that runs a command
 */
export async function loadDriver(compiled, imports) {
  const loaded = {};
  const memory = () => loaded.exports.memory;
  const { exports } = await WebAssembly.instantiate(compiled, {
    ...imports(memory),
    wasi_snapshot_preview1: wasi(memory),
  });
  loaded.exports = exports;
  exports._initialize();
  return (command) => {
    const text = encoder.encode(JSON.stringify(command));
    const place = exports.command_place(text.length);
    new Uint8Array(exports.memory.buffer).set(text, place);
    const length = exports.run_command();
    const answer = exports.answer_place();
    return JSON.parse(decoder.decode(new Uint8Array(exports.memory.buffer, answer, length)));
  };
}
