// node web/make_messages.mjs [--check]
// Writes src/protocol/messages.ts, src/protocol/records.ts and src/report/document.ts, the types of the schemas of
// protocol and report; --check only reports whether they are up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { compileFromFile } from "json-schema-to-typescript";

const GENERATED = [
  { schema: "src/protocol/practice.schema.json", types: "protocol/messages.ts" },
  { schema: "src/protocol/records.schema.json", types: "protocol/records.ts" },
  { schema: "src/report/report.schema.json", types: "report/document.ts" },
];
const pathOf = (place) => fileURLToPath(new URL(place, import.meta.url));

for (const { schema, types } of GENERATED) {
  const target = pathOf(`src/${types}`);
  const made = await compileFromFile(pathOf(`../${schema}`), {
    bannerComment: `// Made from ${schema} by web/make_messages.mjs; do not edit it.`,
    additionalProperties: false,
    // Longer arrays are typed as arrays, not as a choice of tuples.
    maxItems: 3,
    cwd: dirname(pathOf(`../${schema}`)),
  });
  if (process.argv[2] !== "--check") {
    writeFileSync(target, made);
  } else if (readFileSync(target, "utf8") !== made) {
    console.error(`web/src/${types} does not match ${schema}; run node web/make_messages.mjs`);
    process.exitCode = 1;
  }
}
