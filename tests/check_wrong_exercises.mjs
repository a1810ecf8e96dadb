// node tests/check_wrong_exercises.mjs
// Exits 1 unless the schema of exercise files refuses each file of tests/data/wrong_exercises.json that a
// schema can refuse, and accepts those that only the program can refuse, by their meaning.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

const read = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
const validate = ajv.compile(read("data/exercises/exercise.schema.json"));

/** Changes the member of `file` that a JSON pointer names. */
function apply({ at, to, remove }, file) {
  const steps = at.slice(1).split("/");
  const last = steps.pop();
  const parent = steps.reduce((node, step) => node[step], file);
  if (remove && !(last in parent)) throw new Error(`nothing to remove at ${at}`);
  if (remove) delete parent[last];
  else parent[last] = to;
}

let failures = 0;
const wrong = read("tests/data/wrong_exercises.json");
for (const { name, file = "double_leg_kick.json", change, found_by } of wrong) {
  const exercise = read(`data/exercises/moves/${file}`);
  apply(change, exercise);
  if (validate(exercise) === (found_by === "meaning")) continue;
  failures += 1;
  const verdict =
    found_by === "schema" ? "lets it pass" : `refuses it: ${ajv.errorsText(validate.errors)}`;
  console.error(`an exercise ${name}: the schema ${verdict}`);
}
if (wrong.length < 60) {
  failures += 1;
  console.error(`only ${wrong.length} wrong files`);
}
process.exitCode = failures > 0 ? 1 : 0;
