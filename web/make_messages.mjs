// node web/make_messages.mjs [--check]
// Writes src/messages.ts, src/records.ts and src/report/document.ts, the types of the schemas of server and report;
// --check only says whether they are up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { compileFromFile } from "json-schema-to-typescript";

const MADE = [
  { schema: "src/server/practice.schema.json", types: "protocol/messages.ts" },
  { schema: "src/server/records.schema.json", types: "protocol/records.ts" },
  { schema: "src/report/report.schema.json", types: "report/document.ts" },
];
const pathOf = (place) => fileURLToPath(new URL(place, import.meta.url));

for (const { schema, types } of MADE) {
  const target = pathOf(`src/${types}`);
  const made = await compileFromFile(pathOf(`../${schema}`), {
    bannerComment: `// Made from ${schema} by web/make_messages.mjs; not for editing.`,
    additionalProperties: false,
    cwd: dirname(pathOf(`../${schema}`)),
  });
  if (process.argv[2] !== "--check") {
    writeFileSync(target, made);
  } else if (readFileSync(target, "utf8") !== made) {
    console.error(`web/src/${types} is not what ${schema} says: node web/make_messages.mjs`);
    process.exitCode = 1;
  }
}
