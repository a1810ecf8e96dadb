// The page's own modules, for tests that need no browser.
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

export const load = (path) => server.ssrLoadModule(`/src/${path}`);
export const unload = () => server.close();
