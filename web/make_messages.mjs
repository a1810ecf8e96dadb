// node web/make_messages.mjs [--check]
// Writes src/messages.ts, the types of server/practice.schema.json; --check only says whether it is up to date.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileFromFile } from "json-schema-to-typescript";

const schema = fileURLToPath(new URL("../server/practice.schema.json", import.meta.url));
const target = fileURLToPath(new URL("src/messages.ts", import.meta.url));
const types = await compileFromFile(schema, {
  bannerComment: "// Made from server/practice.schema.json by web/make_messages.mjs; not for editing.",
  additionalProperties: false,
});

if (process.argv[2] !== "--check") {
  writeFileSync(target, types);
} else if (readFileSync(target, "utf8") !== types) {
  console.error("web/src/messages.ts is not what server/practice.schema.json says: node web/make_messages.mjs");
  process.exitCode = 1;
}
