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

export interface Place {
  page: PageName;
  /** Of what is shown there, as "#/practised/12"; otherwise 0. */
  id: number;
}

export function placeOf(hash: string): Place {
  const [, name = "", id = ""] = /^#\/([a-z]+)(?:\/(\d{1,15}))?$/.exec(hash) ?? [];
  const page = PAGES.find((each) => each === name) ?? "today";
  return { page, id: Number(id) };
}

export class Route {
  #place = $state.raw(placeOf(location.hash));

  get page(): PageName {
    return this.#place.page;
  }

  get id(): number {
    return this.#place.id;
  }

  /** Follows the address, going back and forward included. */
  follow(): void {
    this.#place = placeOf(location.hash);
  }

  go(page: PageName): void {
    location.hash = `#/${page}`;
    this.follow();
  }
}
