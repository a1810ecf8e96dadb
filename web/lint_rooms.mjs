// ESLint rules for imports: a room may import only what tools/layers.toml allows it, and no file may
// import itself through others. tools/check_layers.py checks the same; here the editor shows it.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const ENDINGS = ["", ".ts", ".svelte.ts", ".mjs"];
const IMPORT =
  /(?:^\s*(?:import|export)\b(?:[^;'"`()=]*?\bfrom)?\s*|(?<![\w.'"`])import\s*\(\s*)(["'])(\.[^"'\n]+)\1/gm;

/** The [rooms] table: each room with the rooms it may import. */
function readRooms() {
  const text = readFileSync(resolve(ROOT, "tools/layers.toml"), "utf8");
  const table = (/^\[rooms\]$([^]*?)^\[/m.exec(text)?.[1] ?? "").replace(/#.*$/gm, "");
  const entries = [...table.matchAll(/^"([^"]+)"\s*=\s*\[([^\]]*)\]/gm)];
  if (entries.length === 0) throw new Error("tools/layers.toml has no [rooms]");
  return new Map(
    entries.map(([, room, list]) => [
      room,
      [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name),
    ]),
  );
}

/** The innermost room that contains the file. */
function roomOf(rooms, file) {
  const path = relative(ROOT, file).split(sep).join("/");
  return [...rooms.keys()]
    .filter((room) => path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** The file that a relative import means; undefined if there is none. */
function resolveImport(from, specifier) {
  const base = resolve(dirname(from), specifier.replace(/\?.*$/, ""));
  return ENDINGS.map((ending) => base + ending).find(
    (path) => existsSync(path) && statSync(path).isFile(),
  );
}

const importsByFile = new Map();

/** The project files that a file imports. */
function importsOf(file) {
  const known = importsByFile.get(file);
  if (known) return known;
  const found = /\.(ts|svelte|mjs)$/.test(file)
    ? [...readFileSync(file, "utf8").matchAll(IMPORT)]
        .map(([, , specifier]) => resolveImport(file, specifier))
        .filter((path) => path !== undefined)
    : [];
  importsByFile.set(file, found);
  return found;
}

/** The shortest chain of imports from one file to another; undefined if there is none. */
function chain(from, to) {
  const cameFrom = new Map([[from, undefined]]);
  for (const file of cameFrom.keys()) {
    if (file === to) {
      const path = [];
      for (let at = file; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
      return path;
    }
    for (const next of importsOf(file)) if (!cameFrom.has(next)) cameFrom.set(next, file);
  }
  return undefined;
}

/** Calls `check(node, specifier)` for each import and export from another file. */
const forEachImport = (check) => ({
  ImportDeclaration: (node) => check(node.source, node.source.value),
  ExportNamedDeclaration: (node) => node.source && check(node.source, node.source.value),
  ExportAllDeclaration: (node) => check(node.source, node.source.value),
  ImportExpression: (node) =>
    node.source.type === "Literal" && check(node.source, node.source.value),
});

const allowedImports = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const rooms = readRooms();
    const room = roomOf(rooms, context.filename);
    return forEachImport((node, specifier) => {
      if (!specifier.startsWith(".")) return;
      const target = resolveImport(context.filename, specifier);
      if (!target) return context.report({ node, message: `"${specifier}" is not a file` });
      const other = roomOf(rooms, target);
      if (other === room || rooms.get(room)?.includes(other)) return;
      context.report({
        node,
        message: `${room ?? "this file's folder"} may not import ${other ?? specifier}; see tools/layers.toml`,
      });
    });
  },
};

const noCycles = {
  meta: { type: "problem", schema: [] },
  create(context) {
    return forEachImport((node, specifier) => {
      const target = specifier.startsWith(".") && resolveImport(context.filename, specifier);
      const cycle = target && chain(target, context.filename);
      if (!cycle) return;
      const names = [context.filename, ...cycle].map((file) => relative(ROOT, file));
      context.report({ node, message: `imports form a cycle: ${names.join(" -> ")}` });
    });
  },
};

export default { rules: { "allowed-imports": allowedImports, "no-cycles": noCycles } };
