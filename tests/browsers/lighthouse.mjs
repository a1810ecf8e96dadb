// lighthouse.mjs SITE: what Lighthouse finds on the page as a phone opens it for the first time, in Debian's Chromium.
// Prints the three scores of the middle one of three visits and everything that costs points. Ends with 1 if a score is
// below 95. Other programs on the machine cost points for performance.
import { existsSync } from "node:fs";
import { join } from "node:path";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";
import { serveFolder } from "../live/static_host.mjs";
import { withCleanup } from "../live/support.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const LEAST = 95;
const VISITS = 3;

const [site] = process.argv.slice(2);
if (!site || !existsSync(join(site, "index.html"))) {
  console.error("usage: lighthouse.mjs SITE; SITE is what ./dev site made");
  process.exit(2);
}

const percent = (score) => Math.round(100 * score);

/** The audits of a category that take points from its score, the most expensive first. */
function costs({ auditRefs }, audits) {
  return auditRefs
    .map(({ id, weight }) => ({ ...audits[id], weight }))
    .filter(({ weight, score }) => weight > 0 && score !== null && score < 1)
    .map((audit) => ({ ...audit, lost: audit.weight * (1 - audit.score) }))
    .sort((one, other) => other.lost - one.lost);
}

function print({ lhr: { categories, audits, runWarnings } }) {
  for (const warning of runWarnings) console.log(`warning: ${warning}`);
  for (const id of CATEGORIES) {
    const category = categories[id];
    console.log(`${category.title}: ${percent(category.score)}`);
    for (const { id: audit, title, score, displayValue, details } of costs(category, audits)) {
      console.log(
        `  ${audit}: ${title} (${percent(score)}${displayValue ? `, ${displayValue}` : ""})`,
      );
      for (const item of details?.items ?? []) {
        const { node, url, source, description } = item;
        console.log(`    ${node?.snippet ?? url ?? description ?? source ?? JSON.stringify(item)}`);
      }
    }
  }
}

/** What Lighthouse finds in a browser that has never seen the page. */
function visit(address) {
  return withCleanup(async (place) => {
    const browser = await puppeteer.launch({
      executablePath: "/usr/bin/chromium",
      userDataDir: join(place.folder, "profile"),
      args: ["--no-sandbox"],
    });
    place.atEnd(() => browser.close());
    // Without a config of its own, Lighthouse measures as on a mid-range phone with a slow connection.
    const flags = { onlyCategories: CATEGORIES, logLevel: "error" };
    return lighthouse(address, flags, undefined, await browser.newPage());
  });
}

const scoreOf = ({ lhr }, id) => percent(lhr.categories[id].score ?? 0);

const found = await withCleanup(async (place) => {
  const host = await serveFolder(site, { compressed: true });
  place.atEnd(host.stop);
  const visits = [];
  for (let i = 0; i < VISITS; i++) visits.push(await visit(host.address));
  visits.sort((one, other) => scoreOf(one, "performance") - scoreOf(other, "performance"));
  return visits[VISITS >> 1];
});
print(found);
process.exit(CATEGORIES.every((id) => scoreOf(found, id) >= LEAST) ? 0 : 1);
