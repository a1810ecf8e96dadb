// node tests/check_schema.mjs [--strictly [--optional PATHS]] SCHEMA FILE...
// Exits 1, saying where, when a file does not fit its schema. With --strictly also when the schema would
// let pass a file with one key too many or one key missing anywhere, except at paths that match the
// regular expression PATHS.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";

const args = process.argv.slice(2);
const strictly = args[0] === "--strictly" && args.shift();
const optional = strictly && args[0] === "--optional" ? new RegExp(args.splice(0, 2)[1]) : /^$/;
const [schemaPath, ...files] = args;
if (files.length === 0) {
  console.error(
    "usage: node tests/check_schema.mjs [--strictly [--optional PATHS]] SCHEMA FILE...",
  );
  process.exit(2);
}
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  formats: { "date-time": (text) => !Number.isNaN(Date.parse(text)) },
});
const schema = read(schemaPath);
const base = pathToFileURL(schemaPath);
// Schemas that this one refers to by where they lie.
for (const [, other] of JSON.stringify(schema).matchAll(/"\$ref":"([^"#]+)#/g)) {
  const place = new URL(other, base);
  if (!ajv.getSchema(place.href)) ajv.addSchema(read(place), place.href);
}
const validate = ajv.compile({ ...schema, $id: base.href });

function complain(file, message) {
  console.error(`${file}: ${message}`);
  process.exitCode = 1;
}

function* objects_in(value, path = "") {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield [value, path];
  for (const [key, child] of Object.entries(value)) yield* objects_in(child, `${path}/${key}`);
}

// Each object of a good file is changed in turn; every change must be noticed.
function check_that_changes_are_noticed(file, whole) {
  for (const [object, path] of objects_in(whole)) {
    object.surplus = 1;
    if (validate(whole)) complain(file, `${path}: the schema lets an unknown key pass`);
    delete object.surplus;
    for (const key of Object.keys(object)) {
      const { [key]: kept, ...rest } = object;
      delete object[key];
      if (validate(whole) && !optional.test(`${path}/${key}`))
        complain(file, `${path}: the schema does not ask for "${key}"`);
      for (const name of Object.keys(rest)) delete object[name];
      Object.assign(object, { [key]: kept }, rest);
    }
  }
}

for (const file of files) {
  const whole = read(file);
  if (!validate(whole)) {
    for (const error of validate.errors) {
      complain(
        file,
        `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`,
      );
    }
  } else if (strictly) {
    check_that_changes_are_noticed(file, whole);
  }
}
