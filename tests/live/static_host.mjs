// Serves a folder as a web host does. As a program: static_host.mjs FOLDER [PORT].
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".ogg": "audio/ogg",
  ".webp": "image/webp",
};
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Sends the first half of a file, and the other one when `released`. */
async function sendHalves(file, size, response, released) {
  createReadStream(file, { end: size >> 1 }).pipe(response, { end: false });
  await released;
  createReadStream(file, { start: (size >> 1) + 1 }).pipe(response);
}

/** What most hosts compress. */
const COMPRESSED = /\.(html|m?js|css|svg|json|wasm|webmanifest)$/;

/**
 * @param compressed whether the host compresses such files
 * @param isolated whether the host sends the headers that allow threads
 * @param replaced texts that take the place of files, by path
 * @param held promises by path: the second half of such a file is sent when its promise resolves
 * @returns the address, the paths that were asked for, and a function that stops it
 */
export async function serveFolder(
  folder,
  { port = 0, isolated = true, compressed = false, replaced = {}, held = {} } = {},
) {
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(pathname);
    const path = normalize(decodeURIComponent(pathname)).replace(/^(\.\.[/\\])+/, "");
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const replacement = replaced[pathname];
    let size;
    try {
      const found = statSync(file);
      if (!found.isFile()) throw new Error("not a file");
      size = replacement === undefined ? found.size : Buffer.byteLength(replacement);
    } catch {
      return response.writeHead(404).end();
    }
    const packed =
      compressed && replacement === undefined && COMPRESSED.test(file)
        ? gzipSync(readFileSync(file))
        : undefined;
    response.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Length": packed?.length ?? size,
      ...(packed ? { "Content-Encoding": "gzip" } : {}),
      "Cache-Control": "no-cache",
      ...(isolated ? ISOLATION : {}),
    });
    if (replacement !== undefined || packed) response.end(replacement ?? packed);
    else if (held[pathname]) void sendHalves(file, size, response, held[pathname]);
    else createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { address: `http://localhost:${server.address().port}/`, asked, stop };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder, port = "8000"] = process.argv;
  if (!folder) {
    console.error("usage: static_host.mjs FOLDER [PORT]");
    process.exit(2);
  }
  const { address } = await serveFolder(folder, { port: Number(port) });
  console.log(address);
}
