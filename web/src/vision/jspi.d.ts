// JavaScript Promise Integration, which TypeScript does not know yet.
declare namespace WebAssembly {
  /** Lets the module wait for the promise that `run` returns. */
  const Suspending: new (run: (...values: number[]) => number | Promise<number>) => ImportValue;
  /** The exported function, returning a promise. */
  function promising<Arguments extends unknown[], Value>(
    exported: (...values: Arguments) => Value,
  ): (...values: Arguments) => Promise<Value>;
}
