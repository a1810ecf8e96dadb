// What the page says to its service worker, and what both call things. Only types: the service worker is one file,
// without imports.

export type ToServiceWorker =
  /** To the version that waits: it takes over at once. */
  | "use_new_version"
  /** It fetches what every device needs, so that it is there without a network. */
  | "fetch_rest";

/** The store for a video that another app shares, until the page takes it out. */
export type SharedVideoStore = "matside-shared-video";
/** The header of the stored video that has its name, as part of an address. */
export type NameHeader = "Matside-Name";
