// What the person has set: kept by this browser for this page alone (localStorage), and with the person's records.
import type { ChangeSettings, Today } from "../protocol/records";

const PLACE = "matside.settings";
export const TEXT_SIZES = [1, 1.15, 1.3, 1.5] as const;
export const BREATHS = ["out_on_kicks", "in_on_kicks", "off"] as const;
export type Breath = (typeof BREATHS)[number];

export interface Values {
  voice: boolean;
  sounds: boolean;
  beat: boolean;
  breath: Breath;
  guided: boolean;
  elbows_forward: boolean;
  left_handed: boolean;
  /** Whether the browser tells when the rest is over. */
  reminder: boolean;
  /** A camera's deviceId; empty: the browser's choice. */
  camera: string;
  /** Times the browser's own. */
  text_size: number;
}

const DEFAULTS: Values = {
  voice: true,
  sounds: true,
  beat: false,
  breath: "out_on_kicks",
  guided: true,
  elbows_forward: false,
  left_handed: false,
  reminder: false,
  camera: "",
  text_size: 1,
};

/** What is kept, as far as it is something that can be set. */
export function settingsFrom(text: string | null): Values {
  const values: Values = { ...DEFAULTS };
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "{}");
  } catch {
    return values;
  }
  if (typeof kept !== "object" || kept === null) return values;
  for (const [name, value] of Object.entries(kept)) {
    if (name === "breath" ? !BREATHS.includes(value) : name === "text_size" && !TEXT_SIZES.includes(value)) continue;
    if (name in DEFAULTS && typeof value === typeof DEFAULTS[name as keyof Values]) Object.assign(values, { [name]: value });
  }
  return values;
}

function kept(): string | null {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;  // Forbidden by the browser: the settings last as long as the page.
  }
}

const CALM_MS = 800;

/** What goes with the person; the rest belongs to this browser and its screen. */
function ofPerson(values: Values): object {
  const { camera: _camera, text_size: _size, reminder: _reminder, ...rest } = values;
  return rest;
}

export class Settings {
  values = $state<Values>(settingsFrom(kept()));
  #person: number | undefined;
  #told = "";

  /** Call within an effect: keeps every change. */
  keep(): void {
    const text = JSON.stringify(this.values);
    try {
      localStorage.setItem(PLACE, text);
    } catch {
      // Forbidden or full: they last as long as the page.
    }
  }

  /** Call within an effect: takes the settings of whoever is chosen, and tells of every change. @returns how to end. */
  follow(today: Today, tell: (told: ChangeSettings) => void): () => void {
    if (this.#person !== today.person.id) {
      this.#person = today.person.id;
      if (Object.keys(today.settings).length > 0) {
        this.values = settingsFrom(JSON.stringify({ ...this.values, ...today.settings }));
      }
      this.#told = JSON.stringify(ofPerson(this.values));
    }
    const settings = ofPerson(this.values);
    const text = JSON.stringify(settings);
    if (text === this.#told) return () => undefined;
    const timer = setTimeout(() => {
      this.#told = text;
      tell({ change: "settings", person: today.person.id, settings });
    }, CALM_MS);
    return () => clearTimeout(timer);
  }

  reset(): void {
    this.values = { ...DEFAULTS };
  }
}
