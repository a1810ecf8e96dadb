// The browsers other than Chromium, and where the page's records are in each.
import { openFirefox } from "./firefox.mjs";
import { openWebKit } from "./webkit.mjs";

/** WebKitGTK gives pages no Origin Private File System. */
export const ENGINES = {
  firefox: { openBrowser: openFirefox, home: "opfs" },
  webkit: { openBrowser: openWebKit, home: "indexeddb" },
};
