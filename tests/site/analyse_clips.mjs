// analyse_clips.mjs MATSIDE SITE FOLDER|CLIP...
// Analyses these clips with known truth, or all of a folder, natively and on the page without a server, and prints a table:
// whether both find the same, and how many times as fast as the clip plays. Ends with 1 where they differ.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { withCleanup } from "../live/support.mjs";
import {
  analysedNatively,
  analyseOnPage,
  findings,
  openVideoPage,
  timeDifference,
} from "./video_page.mjs";

const [program, site, ...places] = process.argv.slice(2);
if (places.length === 0) {
  console.error("usage: analyse_clips.mjs MATSIDE SITE FOLDER|CLIP...");
  process.exit(2);
}
const CLIP = ".mp4";

function clipsIn(place) {
  const files = place.endsWith(CLIP)
    ? [place]
    : readdirSync(place)
        .filter((name) => name.endsWith(CLIP))
        .map((name) => join(place, name));
  return files.map((file) => {
    const { level } = JSON.parse(readFileSync(file.replace(CLIP, ".truth.json"), "utf8"));
    return { name: basename(file, CLIP), file, level };
  });
}

function differenceOf(native, result) {
  try {
    assert.deepEqual(findings(result), findings(native));
    return "";
  } catch (failure) {
    return failure.message;
  }
}

const sides = ({ left, right, unsure, kicks }) => `${left} / ${right} / ${unsure}, ${kicks}`;

const differences = await withCleanup(async (place) => {
  const { page } = await openVideoPage(place, site);
  const found = [];
  console.log("| clip | left / right / unsure, kicks | same | times within | native | browser |");
  console.log("|---|---|---|---|---|---|");
  for (const { name, file, level } of places.flatMap(clipsIn)) {
    const native = analysedNatively(place, program, file, level);
    const { analysis, message, rest_s } = await analyseOnPage(page, file, level);
    if (!analysis) throw new Error(`${file}: ${message}`);
    const { result } = analysis;
    const different = differenceOf(native.result, result);
    if (different !== "") found.push(`${name}: ${different}`);
    const { duration_s } = result.source;
    const within = different === "" ? `${timeDifference(native.result, result).toFixed(3)} s` : "";
    console.log(
      `| ${name} | ${sides(result.counts)} | ${different === "" ? "yes" : "no"} | ${within} | ` +
        `${(duration_s / native.took_s).toFixed(2)} | ${(duration_s / rest_s).toFixed(2)} |`,
    );
  }
  return found;
});
for (const different of differences) console.error(different);
process.exit(differences.length > 0 ? 1 : 0);
