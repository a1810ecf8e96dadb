// A video that another app shares with Matside. The service worker stores it and opens the page, which takes it out.
import type { NameHeader, SharedVideoStore } from "./service_worker_messages";

const STORE: SharedVideoStore = "matside-shared-video";
const NAME_HEADER: NameHeader = "Matside-Name";

/** Takes the shared video out of the store; undefined if there is none. */
export async function takeSharedVideo(): Promise<File | undefined> {
  if (!("caches" in globalThis)) return undefined;
  const store = await caches.open(STORE);
  const [key] = await store.keys();
  const kept = key && (await store.match(key));
  const content = await kept?.blob();
  await caches.delete(STORE);
  if (!kept || !content) return undefined;
  const name = decodeURIComponent(kept.headers.get(NAME_HEADER) ?? "");
  return new File([content], name, { type: content.type });
}
