// What the module's C library asks of the system: the time, random numbers, and a place for messages of its own.
const NOT_SUPPORTED = 52;
const NANOSECONDS_A_MILLISECOND = 1e6;
const BAD_DESCRIPTOR = 8;

/** Functions of WASI preview 1. What is not there answers that it isn't. */
export function wasiImports(memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const view = () => new DataView(memory().buffer);
  const known: WebAssembly.ModuleImports = {
    clock_time_get: (clock: number, _precision: bigint, at: number) => {
      const now_ms = clock === 0 ? Date.now() : performance.now();
      view().setBigUint64(at, BigInt(Math.round(now_ms * NANOSECONDS_A_MILLISECOND)), true);
      return 0;
    },
    random_get: (at: number, length: number) => {
      crypto.getRandomValues(new Uint8Array(memory().buffer, at, length));
      return 0;
    },
    environ_sizes_get: (count: number, bytes: number) => {
      view().setUint32(count, 0, true);
      view().setUint32(bytes, 0, true);
      return 0;
    },
    environ_get: () => 0,
    fd_prestat_get: () => BAD_DESCRIPTOR,
    fd_write: (_file: number, parts: number, count: number, written: number) => {
      let bytes = 0;
      for (let i = 0; i < count; i++) bytes += view().getUint32(parts + 8 * i + 4, true);
      view().setUint32(written, bytes, true);
      return 0;
    },
    proc_exit: (code: number) => {
      throw new WebAssembly.RuntimeError(`the module ended with ${code}`);
    },
  };
  const absent = () => NOT_SUPPORTED;
  return {
    wasi_snapshot_preview1: new Proxy(known, { get: (all, name: string) => all[name] ?? absent }),
  };
}
