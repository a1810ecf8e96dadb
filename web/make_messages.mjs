// node web/make_messages.mjs [--check]
// Writes src/messages.ts and src/records.ts, the types of the server's schemas; --check only says whether they are up
// to date.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileFromFile } from "json-schema-to-typescript";

const MADE = [
  { schema: "practice.schema.json", types: "messages.ts" },
  { schema: "records.schema.json", types: "records.ts" },
];
const pathOf = (place) => fileURLToPath(new URL(place, import.meta.url));

for (const { schema, types } of MADE) {
  const target = pathOf(`src/${types}`);
  const made = await compileFromFile(pathOf(`../server/${schema}`), {
    bannerComment: `// Made from server/${schema} by web/make_messages.mjs; not for editing.`,
    additionalProperties: false,
  });
  if (process.argv[2] !== "--check") {
    writeFileSync(target, made);
  } else if (readFileSync(target, "utf8") !== made) {
    console.error(`web/src/${types} is not what server/${schema} says: node web/make_messages.mjs`);
    process.exitCode = 1;
  }
}
