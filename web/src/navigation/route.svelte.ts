// Which page is shown: the part of the address after the #.

export const PAGES = [
  "today",
  "before",
  "practice",
  "learn",
  "summary",
  "progress",
  "practised",
  "settings",
  "sound",
  "video",
] as const;
export type PageName = (typeof PAGES)[number];

export interface RouteTarget {
  page: PageName;
  /** The shown practice, as in "#/practised/12"; otherwise 0. */
  id: number;
}

export function parseRoute(hash: string): RouteTarget {
  const [, name = "", id = ""] = /^#\/([a-z]+)(?:\/(\d{1,15}))?$/.exec(hash) ?? [];
  const page = PAGES.find((each) => each === name) ?? "today";
  return { page, id: Number(id) };
}

export class Route {
  #target = $state.raw(parseRoute(location.hash));

  get page(): PageName {
    return this.#target.page;
  }

  get id(): number {
    return this.#target.id;
  }

  /** Follows the address, also after going back or forward. */
  follow(): void {
    this.#target = parseRoute(location.hash);
  }

  go(page: PageName): void {
    location.hash = `#/${page}`;
    this.follow();
  }
}
