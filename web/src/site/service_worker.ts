// Serves the page's files from the browser's own store, so that it works without a network. A file is known by its
// content: a new version fetches only what has changed, and takes over when no page of the old one is open any more, or
// when the person asks for it (new_version.svelte.ts).
//
// FILES is written by make_site.mjs: every file of the site with its SHA-256, and when it is fetched.
import type { NameHeader, SharedVideoStore, ToServiceWorker } from "./service_worker_messages";

interface SiteFile {
  path: string;
  sha256: string;
  /** first: before the version is used. soon: once the page is open. asked: when the page asks for it. */
  when: "first" | "soon" | "asked";
}

declare const FILES: readonly SiteFile[];

interface ExtendableEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface ServiceWorkerScope {
  skipWaiting(): Promise<void>;
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent<ToServiceWorker> & ExtendableEvent) => void,
  ): void;
}

const scope = globalThis as unknown as ServiceWorkerScope;
const CACHE = "matside-files";
const root = new URL(scope.registration.scope);
const filesByPath = new Map(FILES.map((file) => [file.path, file]));

/** Where a file is kept: versions that have the same content share it. */
const keyOf = (file: SiteFile) => new URL(`${file.path}?sha256=${file.sha256}`, root).href;

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Allows threads, also where the host can't send these headers. */
function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return new Response(response.body, { status: response.status, headers });
}

/** Keeps the file. Throws if it is not the one in the list. */
async function keep(file: SiteFile, bytes: ArrayBuffer, type: string): Promise<void> {
  if ((await sha256(bytes)) !== file.sha256) throw new Error(`${file.path} is of another version`);
  const headers = { "Content-Type": type, "Content-Length": String(bytes.byteLength) };
  await (await caches.open(CACHE)).put(keyOf(file), new Response(bytes, { headers }));
}

/**
 * Passes a file on while it arrives, so that the page sees how much is there. It is kept when it is complete. Its end
 * fails if it is not the one in the list: then the browser uses nothing of it.
 */
function keptOnTheWay(file: SiteFile, type: string): TransformStream<Uint8Array, Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array>({
    transform(piece, passed) {
      pieces.push(piece.slice());
      passed.enqueue(piece);
    },
    async flush() {
      await keep(file, await new Blob(pieces).arrayBuffer(), type);
    },
  });
}

/** The file, from the store or else from the network. Throws if it is in neither. */
async function fileOf(file: SiteFile): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(keyOf(file));
  if (kept) return kept;
  const fetched = await fetch(new URL(file.path, root), { cache: "no-cache" });
  if (!fetched.ok || !fetched.body) throw new Error(`${file.path}: status ${fetched.status}`);
  const type = fetched.headers.get("Content-Type") ?? "application/octet-stream";
  const body = fetched.body.pipeThrough(keptOnTheWay(file, type));
  return new Response(body, { headers: { "Content-Type": type } });
}

/** Has these files for use without a network. Throws if one can't be fetched. */
async function have(when: SiteFile["when"]): Promise<void> {
  const cache = await caches.open(CACHE);
  const fetchUnlessKept = async (file: SiteFile) => {
    if (!(await cache.match(keyOf(file)))) await (await fileOf(file)).arrayBuffer();
  };
  await Promise.all(FILES.filter((file) => file.when === when).map(fetchUnlessKept));
}

/** Forgets the files of older versions. */
async function activate(): Promise<void> {
  const cache = await caches.open(CACHE);
  const wanted = new Set(FILES.map(keyOf));
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) await cache.delete(request);
  }
  await scope.clients.claim();
}

/** What another app shares is sent here: share_target in the web manifest. */
const SHARED_VIDEO_PATH = "shared_video";

/** Stores the shared video for the page, and opens it. */
async function receive(request: Request): Promise<Response> {
  const store: SharedVideoStore = "matside-shared-video";
  const nameHeader: NameHeader = "Matside-Name";
  const video = (await request.formData()).get("video");
  if (video instanceof File) {
    const headers = { "Content-Type": video.type, [nameHeader]: encodeURIComponent(video.name) };
    const key = new URL(SHARED_VIDEO_PATH, root);
    const kept = await caches.open(store);
    // Without room for it the page opens all the same, and the person can choose the video there.
    await kept.put(key, new Response(video, { headers })).catch(() => undefined);
  }
  return Response.redirect(new URL("./#/video", root).href, 303);
}

function pathOf(url: URL): string {
  const path = url.pathname.slice(root.pathname.length);
  return path === "" ? "index.html" : path;
}

scope.addEventListener("install", (event) => event.waitUntil(have("first")));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));
scope.addEventListener("message", (event) => {
  if (event.data === "use_new_version") event.waitUntil(scope.skipWaiting());
  // Without a network, they are fetched another time.
  if (event.data === "fetch_rest") event.waitUntil(have("soon").catch(() => undefined));
});
scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "POST" && url.href === new URL(SHARED_VIDEO_PATH, root).href)
    return event.respondWith(receive(event.request));
  if (event.request.method !== "GET" || url.origin !== root.origin) return;
  const file = url.pathname.startsWith(root.pathname) ? filesByPath.get(pathOf(url)) : undefined;
  if (!file) return;
  event.respondWith(
    fileOf(file)
      .then(isolated)
      .catch(() => Response.error()),
  );
});
