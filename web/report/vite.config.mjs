// The page of `matside report`: one file that requests nothing. `matside` inserts the document.
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Moves the script and the style into the page, and forbids everything else by a policy. */
function inOneFile() {
  return {
    name: "matside-in-one-file",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const html = files.find((file) => file.fileName.endsWith(".html"));
      const chunk = files.find((file) => file.type === "chunk");
      const css = files.find((file) => file.fileName.endsWith(".css"));
      const script = chunk.code
        .trim()
        .replaceAll("</script", "<\\/script")
        .replaceAll("<!--", "<\\!--");
      const style = css.source.trim();
      const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
      html.source = html.source
        .replace(/\s*<script type="module"[^>]*><\/script>/, "")
        .replace(/\s*<link rel="stylesheet"[^>]*>/, "")
        .replace("MATSIDE_POLICY", () => policy)
        .replace("</head>", () => `<style>${style}</style>\n  </head>`)
        .replace("</body>", () => `<script type="module">${script}</script>\n  </body>`);
      html.fileName = "report.html";
      delete bundle[chunk.fileName];
      delete bundle[css.fileName];
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [svelte({ configFile: "../svelte.config.mjs" }), inOneFile()],
  build: {
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: { output: { inlineDynamicImports: true } },
  },
});
