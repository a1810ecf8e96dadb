// Loads LiteRT.js in a Worker, with threads where the page may use them.
import { loadLiteRt, supportsFeature, type LiteRt } from "@litertjs/core";

/** More threads bring no gain for networks of this size. */
const MOST_THREADS = 4;

export interface Runtime {
  liteRt: LiteRt;
  threads: number;
}

type ModuleFactory = (options: unknown) => Promise<unknown>;

/** What LiteRT.js and the script of its module read from the Worker's scope. */
interface Scope {
  Module?: unknown;
  ModuleFactory?: ModuleFactory | undefined;
  define?: unknown;
  importScripts?: unknown;
}

/** The script defines an AMD module; a module Worker can't load it with importScripts. */
async function moduleFactory(script: URL): Promise<ModuleFactory> {
  const scope = globalThis as Scope;
  let factory: ModuleFactory | undefined;
  scope.define = Object.assign(
    (_needs: unknown, make: () => ModuleFactory) => {
      factory = make();
    },
    { amd: true },
  );
  await import(/* @vite-ignore */ script.href);
  delete scope.define;
  if (!factory) throw new Error(`${script.href} defines no module`);
  return factory;
}

/** How the processor's cores are used. */
export interface Plan {
  /** Workers that run networks beside the program; 0 where it runs them itself. */
  workers: number;
  /** Of each of them, or of the program. */
  threads: number;
}

/** Two pictures are looked at together. */
const WORKERS = 2;

/** GiB. A second copy of LiteRT.js takes 300 MB, which a device with less can't spare. */
const MEMORY_FOR_WORKERS = 8;

/** Not every browser says how much memory the device has; 8 stands for more, too. */
function hasMemoryForWorkers(): boolean {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return deviceMemory === undefined || deviceMemory >= MEMORY_FOR_WORKERS;
}

/** WebAssembly can wait for a GPU only in some browsers. */
async function hasGpu(): Promise<boolean> {
  if (!("Suspending" in WebAssembly)) return false;
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<unknown> } };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  return adapter !== null && adapter !== undefined;
}

/** A GPU is measured against threads, in the program's own Worker. */
export async function planFor(): Promise<Plan> {
  const threads = await usableThreads();
  if (threads < WORKERS || !hasMemoryForWorkers() || (await hasGpu()))
    return { workers: 0, threads };
  return { workers: WORKERS, threads: Math.floor(threads / WORKERS) };
}

async function buildFor(threads: number): Promise<string> {
  if (!(await supportsFeature("relaxedSimd"))) return "litert_wasm_compat_internal";
  return threads > 1 ? "litert_wasm_threaded_internal" : "litert_wasm_internal";
}

/** Threads share memory, which only an isolated page may; LiteRT.js also wants relaxed SIMD. */
async function usableThreads(): Promise<number> {
  if (!crossOriginIsolated || !(await supportsFeature("relaxedSimd"))) return 1;
  if (!(await supportsFeature("threads"))) return 1;
  return Math.min(MOST_THREADS, navigator.hardwareConcurrency);
}

/** What loadRuntime() fetches on this device. */
export async function runtimeFiles(folder: URL): Promise<URL[]> {
  const build = await buildFor((await planFor()).threads);
  return ["js", "wasm"].map((ending) => new URL(`${build}.${ending}`, folder));
}

/**
 * Call it once in a Worker.
 * @param folder of LiteRT.js's .js and .wasm files; ends with a slash
 * @param threads at most so many
 */
export async function loadRuntime(folder: URL, threads = MOST_THREADS): Promise<Runtime> {
  const scope = globalThis as Scope;
  const used = Math.min(threads, await usableThreads());
  const script = new URL(`${await buildFor(used)}.js`, folder);
  // The module starts a Worker for each processor, used or not.
  Object.defineProperty(navigator, "hardwareConcurrency", { value: used, configurable: true });
  const factory = await moduleFactory(script);
  scope.importScripts = () => (scope.ModuleFactory = factory);
  scope.Module = {
    locateFile: (file: string) => new URL(file, folder).href,
    mainScriptUrlOrBlob: script.href,
  };
  const liteRt = await loadLiteRt(script.href);
  delete scope.importScripts;
  return { liteRt, threads: used };
}
