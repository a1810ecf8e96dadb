// The Worker of the tests: the records as the page has them. Each message has an id, and so has its answer, which comes
// only when everything is on the disk.
import { readFile, writeFile } from "../../web/src/storage/files.ts";
import { fileImports } from "../../web/src/storage/imports.ts";
import { openFiles } from "../../web/src/storage/records_files.ts";
import { loadDriver } from "./records_driver.mjs";

let opened;
let run;

const said = (failure) => ({ failure: failure.constructor.name, message: failure.message });

async function answer(message) {
  const { kind, name } = message;
  if (kind === "open") {
    opened = await openFiles({
      take: message.take ?? false,
      home: message.home,
      onLost: () => postMessage({ lost: true }),
    });
    const compiled = await WebAssembly.compileStreaming(fetch("records_driver.wasm"));
    run = await loadDriver(compiled, (memory) => fileImports(opened.files, memory));
    const { exercise, words, plan } = message;
    run({ do: "exercise", exercise, words, plan });
    return { home: opened.files.home };
  }
  if (kind === "release") {
    await opened.release();
    return {};
  }
  if (kind === "names") return { names: opened.files.names() };
  if (kind === "read") return { bytes: readFile(opened.files, name) };
  if (kind === "write") {
    writeFile(opened.files, name, message.bytes);
    return {};
  }
  if (kind === "busy") {
    // As in a tab that the browser has frozen.
    for (const end = Date.now() + message.ms; Date.now() < end;);
    return {};
  }
  const start = performance.now();
  const result = run(message.command);
  await opened.files.settle();
  return { ...result, ms: performance.now() - start };
}

// One after the other, as the program's own Worker does.
let last = Promise.resolve();
onmessage = ({ data }) => {
  last = last
    .then(() => answer(data))
    .catch(said)
    .then((result) => postMessage({ id: data.id, result }));
};
