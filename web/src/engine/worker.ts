// The Worker: loads Matside's program and hands it what the page says, one thing after the other. Nothing is answered
// before what it has saved is safe.
import type { FromServer } from "../protocol/messages";
import { type Files, StorageInUse } from "../storage/files";
import { fileImports } from "../storage/imports";
import { openFiles } from "../storage/records_files";
import { VideoFailed } from "../recording/video_failed";
import { downloadNetworks, NetworksFailed } from "../vision/network_file";
import { filesOf, type NetworkFunctions, Networks } from "../vision/networks";
import { Analyses } from "./analyses";
import { FrameCopier } from "./camera_frame";
import { messagesArrived } from "./messages_arrived";
import { CAN_WAIT, EngineModule, ModuleFailed, type ModuleResponse } from "./module";
import { type FrameMessage, NewestFrame } from "./newest_frame";
import { PicturesBegun } from "./pictures_begun";
import { loadReader } from "./recording";
import { wasiImports } from "./wasi";
import { BROKEN, type FromWorker, type ToWorker } from "./worker_messages";

interface WorkerScope {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

interface Loaded {
  engine: EngineModule;
  files: Files;
}

const NOT_LOADED =
  "Matside could not be loaded completely. Check the connection, then reload the page.";
const UNAVAILABLE = 503;
const STORAGE_FULL = 507;

const scope = globalThis as unknown as WorkerScope;
const post = (message: FromWorker, transfer: Transferable[] = []) =>
  scope.postMessage(message, transfer);

/** The practice's link, if there is one, and the request that is being handled. */
let link: number | undefined;
let request = 0;
/** What the program says, until its files are safe. */
let answers: { message: FromWorker; transfer: Transferable[] }[] = [];
let broken = false;

const answer = (message: FromWorker, transfer: Transferable[] = []) =>
  answers.push({ message, transfer });

const host = {
  send: (text: string) => {
    if (link !== undefined)
      answer({ kind: "message", link, message: JSON.parse(text) as FromServer });
  },
  close: () => {
    if (link !== undefined) answer({ kind: "closed", link });
    link = undefined;
  },
  respond: ({ status, type, body, fileName }: ModuleResponse) =>
    answer({ kind: "response", id: request, status, type, body: body.buffer, fileName }, [
      body.buffer,
    ]),
};

const copier = new FrameCopier();

const addressOf = (path: string) => new URL(path, import.meta.url);

async function fetched(path: string): Promise<Response> {
  const response = await fetch(addressOf(path)).catch(() => undefined);
  if (!response?.ok) throw new Error(NOT_LOADED);
  return response;
}

/** The networks are large: they are loaded for the first practice with a camera. */
let networks: Networks | undefined;
let loadingNetworks: Promise<Networks> | undefined;

/** The page of a report, and the sources that it names; loaded for the first report. */
const REPORT_FILES = ["./report/report.html", "./report/sources.json"] as const;
let reportsLoaded = false;

async function loadReports(engine: EngineModule): Promise<void> {
  const texts = REPORT_FILES.map(async (file) => (await fetched(file)).text());
  const [page = "", sources = ""] = await Promise.all(texts);
  engine.setReportParts(page, sources);
  reportsLoaded = true;
}

const FOLDERS = {
  networks: new URL(/* @vite-ignore */ "./networks/", import.meta.url),
  runtime: new URL(/* @vite-ignore */ "./litert/", import.meta.url),
};

const newWorker = () =>
  new Worker(new URL("../vision/network_worker.ts", import.meta.url), { type: "module" });

/** How many pictures the networks look at together. */
const atOnce = () => networks?.atOnce ?? 1;
/** When the networks have run that the program began. */
const ran = () => networks?.takeStarted() ?? Promise.resolve();

let preparing: Promise<void> | undefined;
const prepared = () => (preparing = undefined);
let downloaded = 0;

function progress(share: number): void {
  downloaded = share;
  post({ kind: "loading", share });
}

async function loadNetworks(): Promise<void> {
  if (!networks && preparing) {
    progress(downloaded);
    await preparing;
  }
  loadingNetworks ??= Networks.load(FOLDERS, progress, { newWorker });
  try {
    networks = await loadingNetworks;
  } catch (failure) {
    loadingNetworks = undefined;
    throw failure;
  }
  const { accelerator, threads } = networks.choice;
  post({ kind: "networks", accelerator, threads });
}

/** The service worker keeps what is fetched. A failure shows when the file is wanted. */
async function prepare(): Promise<void> {
  try {
    // A practice that has begun already fetches them.
    if (loadingNetworks) await loadingNetworks;
    else await downloadNetworks(FOLDERS.networks, progress);
    await loadReader();
    const files = [...(await filesOf(FOLDERS)), ...REPORT_FILES.map(addressOf)];
    for (const file of files) await (await fetch(file)).arrayBuffer();
  } catch {
    // There is no network.
  }
}

function networkImports(memory: () => WebAssembly.Memory): WebAssembly.ModuleImports {
  const functions = () => networks?.functions(() => memory().buffer);
  const FAILED = -1;
  const run: NetworkFunctions["network_run"] = (...values) =>
    functions()?.network_run(...values) ?? FAILED;
  return {
    network_open: (name: number, length: number) =>
      functions()?.network_open(name, length) ?? FAILED,
    network_shape: (...values: Parameters<NetworkFunctions["network_shape"]>) =>
      functions()?.network_shape(...values) ?? FAILED,
    network_run: CAN_WAIT ? new WebAssembly.Suspending(run) : run,
    network_start: (...values: Parameters<NetworkFunctions["network_start"]>) =>
      functions()?.network_start(...values) ?? FAILED,
    network_finish: (...values: Parameters<NetworkFunctions["network_finish"]>) =>
      functions()?.network_finish(...values) ?? FAILED,
    network_close: (net: number) => functions()?.network_close(net),
  };
}

/** @param take whether to take the records over from another tab */
async function load(take: boolean): Promise<Loaded> {
  const [program, clips, opened] = await Promise.all([
    fetched("./matside.wasm").then((response) => response.arrayBuffer()),
    fetched("./voice/voice.json").then((response) => response.text()),
    openFiles({ take, onLost: () => fail(new StorageInUse()) }),
  ]);
  const { files } = opened;
  const compiled = await WebAssembly.compile(program);
  const engine = await EngineModule.load(compiled, host, (memory) => ({
    ...wasiImports(memory),
    ...fileImports(files, memory),
    matside: networkImports(memory),
  }));
  engine.start(clips);
  // With a full disk the records can still be read; saving is tried again with the first change.
  await files.settle().catch(() => undefined);
  return { engine, files };
}

/** What comes one after the other; the camera's frames overlap. */
type Message = Exclude<ToWorker, FrameMessage>;

async function handle(engine: EngineModule, message: Message): Promise<void> {
  switch (message.kind) {
    case "open":
      if (link !== undefined) engine.closeLink();
      link = message.link;
      if (message.hello.camera && !(await networksAreThere())) break;
      engine.openLink();
      engine.message(JSON.stringify(message.hello));
      break;
    case "message":
      if (message.link === link) engine.message(JSON.stringify(message.message));
      break;
    case "close":
      if (message.link !== link) break;
      engine.closeLink();
      link = undefined;
      break;
    case "request": {
      request = message.id;
      if (message.route.startsWith("report?") && !(await reportsAreThere(engine))) break;
      const body = new Uint8Array(message.body ?? new ArrayBuffer(0));
      engine.request(message.body !== undefined, `/api/${message.route}`, message.token, body);
      break;
    }
  }
}

/** Loads them; if that fails, the practice ends with the reason. */
async function networksAreThere(): Promise<boolean> {
  try {
    await loadNetworks();
    return true;
  } catch (failure) {
    const why = failure instanceof NetworksFailed ? failure.message : NOT_LOADED;
    host.send(JSON.stringify({ type: "failure", id: "broken", message: why }));
    host.close();
    return false;
  }
}

/** The answers for a browser that could not save what they speak of. */
function unsaved(failure: unknown, kind: ToWorker["kind"]): void {
  const why = failure instanceof Error ? failure.message : BROKEN;
  if (kind !== "request") {
    if (link === undefined) return;
    const warning: FromServer = { type: "warning", id: "not_kept", message: why };
    return post({ kind: "message", link, message: warning });
  }
  answers = [];
  const body = errorBody(why);
  host.respond({ status: STORAGE_FULL, type: "application/json", body, fileName: "" });
}

function errorBody(error: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ error }));
}

/** Loads them; if that fails, the request is answered with the reason. */
async function reportsAreThere(engine: EngineModule): Promise<boolean> {
  try {
    if (!reportsLoaded) await loadReports(engine);
    return true;
  } catch {
    const body = errorBody(NOT_LOADED);
    host.respond({ status: UNAVAILABLE, type: "application/json", body, fileName: "" });
    return false;
  }
}

/** Runs a step of an analysis between two messages. */
function inTurn<T>(step: (engine: EngineModule) => T | Promise<T>): Promise<T> {
  const done = last.then(async () => {
    await begun.finished();
    const { engine } = await loading;
    if (broken) throw new ModuleFailed(BROKEN);
    return step(engine);
  });
  last = done.catch((failure: unknown) => {
    if (!(failure instanceof ModuleFailed)) fail(failure);
  });
  return done;
}

const analyses = new Analyses({ inTurn, prepare: loadNetworks, atOnce, ran }, post, (failure) => {
  const known = [VideoFailed, ModuleFailed, NetworksFailed];
  const told = failure instanceof Error && known.some((kind) => failure instanceof kind);
  return told ? failure.message : NOT_LOADED;
});

async function take(message: Message): Promise<void> {
  await begun.finished();
  const { engine, files } = await loading;
  if (broken) return;
  await handle(engine, message);
  await sendAnswers(files, message.kind);
}

async function sendAnswers(files: Files, to: ToWorker["kind"]): Promise<void> {
  try {
    await files.settle();
  } catch (failure) {
    unsaved(failure, to);
  }
  for (const { message: said, transfer } of answers) post(said, transfer);
  answers = [];
}

/** Begins with a frame; its answers follow when the networks have run. */
async function begin({ link: of, frame, index, time_s }: FrameMessage): Promise<void> {
  const { engine, files } = await loading;
  if (broken || of !== link) return frame.close();
  const { pixels, colours } = await copier.copy(frame);
  const picture = engine.hold(pixels, colours);
  if (atOnce() > 1) engine.frameAhead(picture);
  begun.add(ran(), async () => {
    await engine.frame(picture, index, time_s);
    await sendAnswers(files, "frame");
  });
  begun.finished().catch(fail);
}

function fail(failure: unknown): void {
  if (broken) return;
  broken = true;
  // A trap of the module has a message for programmers.
  const told = failure instanceof Error && !(failure instanceof WebAssembly.RuntimeError);
  const elsewhere = failure instanceof StorageInUse;
  post({ kind: "broken", message: told ? failure.message : BROKEN, elsewhere });
}

let start!: (take: boolean) => void;
const loading = new Promise<boolean>((resolve) => (start = resolve)).then(load);
let last: Promise<unknown> = loading
  .then(({ files }) => post({ kind: "ready", home: files.home }))
  .catch(fail);
const frames = new NewestFrame();
const begun = new PicturesBegun(atOnce);

function dropped({ link, index, frame }: FrameMessage): void {
  frame.close();
  const message: FromServer = {
    ...{ type: "frame_done", index, dropped: true, person: false },
    ...{ points: [], knee_flexion: [null, null] },
  };
  post({ kind: "message", link, message });
}

function takeFrame(data: FrameMessage): void {
  const newest = frames.add(data, dropped);
  if (!newest) return;
  last = last
    .then(messagesArrived)
    .then(() => begun.room())
    .then(() => begin(newest()))
    .catch(fail);
}

scope.onmessage = ({ data }) => {
  if (data.kind === "start") return start(data.take);
  if (data.kind === "prepare") return void (preparing ??= prepare().finally(prepared));
  if (data.kind === "analyse") return analyses.start(data);
  if (data.kind === "shown") return analyses.shown(data);
  if (data.kind === "stop") return analyses.stop(data.id);
  if (data.kind === "frame") return takeFrame(data);
  frames.seal();
  last = last.then(() => take(data)).catch(fail);
};
