// The page's own modules and components, for tests that need no browser.
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const server = await createServer({
  configFile: fileURLToPath(new URL("../../web/vite.config.mjs", import.meta.url)),
  configLoader: "native",
  appType: "custom",
  logLevel: "error",
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
});

/** The timers that were started; a page that is closed waits for none. */
const timers = new Set();
const startTimer = globalThis.setTimeout;
globalThis.setTimeout = (...how) => {
  const timer = startTimer(...how);
  timers.add(timer);
  return timer;
};

export const load = (path) => server.ssrLoadModule(`/src/${path}`);
export const unload = () => {
  for (const timer of timers) timer.unref?.();
  return server.close();
};

/** The text of a component as the server side of Svelte renders it, with single spaces. */
export async function textOf(path, props) {
  return (await htmlOf(path, props))
    .replace(/<!--.*?-->/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;|\s+/g, " ")
    .trim();
}

/** The HTML of a component. */
export async function htmlOf(path, props) {
  const { render } = await server.ssrLoadModule("svelte/server");
  const component = (await load(path)).default;
  return render(component, { props }).body;
}
