/** A version of the page that can take over from the one that is open. */
export interface NewVersion {
  readonly ready: boolean;
  /** Switches to it; the page reloads. */
  use(): void;
}
