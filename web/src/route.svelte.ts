// Which page is shown: the part of the address after the #.

export const PAGES = ["today", "practice", "learn", "summary", "settings", "sound", "video"] as const;
export type PageName = (typeof PAGES)[number];

export function pageOf(hash: string): PageName {
  return PAGES.find((page) => hash === `#/${page}`) ?? "today";
}

export class Route {
  page = $state<PageName>(pageOf(location.hash));

  /** Follows the address, going back and forward included. */
  follow(): void {
    this.page = pageOf(location.hash);
  }

  go(page: PageName): void {
    location.hash = `#/${page}`;
    this.page = page;
  }
}
