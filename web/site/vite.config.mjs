import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

// The names don't change from version to version: the service worker knows each file by its content.
export default defineConfig({
  root: at("."),
  base: "./",
  publicDir: at("../public"),
  configFile: false,
  plugins: [svelte({ configFile: at("../svelte.config.mjs") })],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    emptyOutDir: true,
    modulePreload: false,
    rollupOptions: {
      input: { page: at("index.html"), service_worker: at("../src/site/service_worker.ts") },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "page[extname]",
      },
    },
  },
  worker: {
    format: "es",
    rollupOptions: { output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" } },
  },
});
