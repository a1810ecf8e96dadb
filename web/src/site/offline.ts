// Keeps the page working without a network, and its threads allowed (service_worker.ts).
import type { NewVersion } from "./new_version.svelte";
import type { ToServiceWorker } from "./service_worker_messages";

/** After the page has opened; the networks are larger than the page. */
const PREPARE_AFTER_MS = 4000;

/**
 * Installs the service worker, and calls `prepare` when it can keep what is fetched. Reloads the page when another
 * version takes over: no tab mixes the files of two. Also reloads it once where the host sends no headers for
 * cross-origin isolation: the service worker adds them, and with them the networks may use threads.
 */
export function keepOffline(prepare: () => void, newVersion: NewVersion): void {
  if (!("serviceWorker" in navigator)) return;
  const container = navigator.serviceWorker;
  const isolated = globalThis.crossOriginIsolated;
  let controlled = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    if (controlled || (!isolated && !reloadedBefore())) location.reload();
    controlled = true;
  });
  void container
    .register("./service_worker.js", { type: "module", updateViaCache: "none" })
    .then((registration) => newVersion.watch(registration))
    .then(() => container.ready)
    .then(({ active }) => {
      if (savesData()) return;
      const rest: ToServiceWorker = "fetch_rest";
      active?.postMessage(rest);
      setTimeout(prepare, PREPARE_AFTER_MS);
    })
    .catch(() => undefined);
}

/** Whether the person asked the browser to fetch little. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

const RELOADED = "matside.reloaded";

/** A browser that can't be isolated must not reload for ever. */
function reloadedBefore(): boolean {
  try {
    const before = sessionStorage.getItem(RELOADED) !== null;
    sessionStorage.setItem(RELOADED, "1");
    return before;
  } catch {
    return true;
  }
}
