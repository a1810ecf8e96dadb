// The memory of a page in Chromium: of its renderer processes, in which its Workers run, too.
import { readFileSync } from "node:fs";

/** What Chromium calls the private memory footprint, in bytes. */
function privateBytes(id) {
  const status = readFileSync(`/proc/${id}/status`, "utf8");
  const kB = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return 1024 * (kB("RssAnon") + kB("VmSwap"));
}

/**
 * The sum of the private memory of all renderer processes of a browser with one page. One of them may be spare, for the
 * next page; it counts, too.
 * @returns a function that measures it, in bytes
 */
export async function measureTab(browser) {
  const session = await browser.newBrowserCDPSession();
  return async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    return renderers.reduce((sum, { id }) => sum + privateBytes(id), 0);
  };
}
