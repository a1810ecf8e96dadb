import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The server serves the page's files by these names: page.js, page.css, icon.svg and hearing.js, which the page loads
// when it first listens.
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [svelte()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    // The recorded voice is in the same folder.
    emptyOutDir: false,
    modulePreload: false,
    rollupOptions: {
      output: {
        entryFileNames: "page.js",
        assetFileNames: "page[extname]",
        inlineDynamicImports: true,
      },
    },
  },
  worker: {
    format: "es",
    rollupOptions: { output: { entryFileNames: "hearing.js" } },
  },
});
