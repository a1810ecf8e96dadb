// A new version of the page, which the browser has already fetched. It waits until the person switches to it, or has
// closed every tab.
import type { ToServiceWorker } from "./service_worker_messages";

const USE: ToServiceWorker = "use_new_version";

export class NewVersion {
  ready = $state(false);
  #waiting: ServiceWorker | undefined;

  /** Looks for new versions from now on. */
  watch(registration: ServiceWorkerRegistration): void {
    const look = () => {
      // The first version of all waits for nobody.
      if (!registration.waiting || !registration.active) return;
      this.#waiting = registration.waiting;
      this.ready = true;
    };
    look();
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", look);
    });
    // An installed page may be open for weeks.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void registration.update().catch(() => undefined);
    });
  }

  /** Switches every tab to the new version; each then reloads. */
  use(): void {
    this.#waiting?.postMessage(USE);
  }
}
