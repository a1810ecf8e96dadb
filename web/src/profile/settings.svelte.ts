// The settings: stored in this browser (localStorage) and with the person's records.
import type { ChangeSettings, Today } from "../protocol/records";

const STORAGE_KEY = "matside.settings";
export const TEXT_SIZES = [1, 1.15, 1.3, 1.5] as const;
export const BREATHS = ["out_on_kicks", "in_on_kicks", "off"] as const;
export type Breath = (typeof BREATHS)[number];

export interface SettingsValues {
  voice: boolean;
  sounds: boolean;
  beat: boolean;
  /** Whether the device vibrates at each kick and repetition. */
  haptics: boolean;
  breath: Breath;
  guided: boolean;
  elbows_forward: boolean;
  left_handed: boolean;
  /** Whether the microphone listens for calls during a practice, and whether the person was asked. */
  stop_on_call: boolean;
  stop_on_call_asked: boolean;
  /** Whether the browser notifies the person when the rest is over. */
  reminder: boolean;
  /** A deviceId, "front" or "back"; empty: the browser's choice. */
  camera: string;
  /** Multiple of the browser's text size. */
  text_size: number;
}

const DEFAULTS: SettingsValues = {
  voice: true,
  sounds: true,
  beat: false,
  haptics: false,
  breath: "out_on_kicks",
  guided: true,
  elbows_forward: false,
  left_handed: false,
  stop_on_call: false,
  stop_on_call_asked: false,
  reminder: false,
  camera: "",
  text_size: 1,
};

const isText = (value: unknown) => typeof value === "string";
const isSwitch = (value: unknown) => typeof value === "boolean";
const isOneOf = (options: readonly unknown[]) => (value: unknown) => options.includes(value);

const IS_VALID: Readonly<Record<keyof SettingsValues, (value: unknown) => boolean>> = {
  voice: isSwitch,
  sounds: isSwitch,
  beat: isSwitch,
  haptics: isSwitch,
  breath: isOneOf(BREATHS),
  guided: isSwitch,
  elbows_forward: isSwitch,
  left_handed: isSwitch,
  stop_on_call: isSwitch,
  stop_on_call_asked: isSwitch,
  reminder: isSwitch,
  camera: isText,
  text_size: isOneOf(TEXT_SIZES),
};
const isSetting = (name: string): name is keyof SettingsValues => Object.hasOwn(IS_VALID, name);

/** Reads stored settings; unknown or invalid ones get their defaults. */
export function parseSettings(text: string | null): SettingsValues {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "{}");
  } catch {
    return { ...DEFAULTS };
  }
  if (typeof stored !== "object" || stored === null) return { ...DEFAULTS };
  const valid = Object.entries(stored).filter(
    ([name, value]) => isSetting(name) && IS_VALID[name](value),
  );
  return { ...DEFAULTS, ...(Object.fromEntries(valid) as Partial<SettingsValues>) };
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null; // The browser forbids storage: the settings last as long as the page.
  }
}

const SAVE_DELAY_MS = 800;

/** These belong to the browser; all others are stored with the person. */
const BROWSER_SETTINGS: readonly string[] = [
  "camera",
  "text_size",
  "reminder",
  "haptics",
  "stop_on_call",
  "stop_on_call_asked",
];

function personalSettings(values: SettingsValues): object {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !BROWSER_SETTINGS.includes(name)),
  );
}

export class Settings {
  values = $state<SettingsValues>(parseSettings(stored()));
  #person: number | undefined;
  #sent = "";

  /** Call within an effect: stores every change. */
  save(): void {
    const text = JSON.stringify(this.values);
    try {
      localStorage.setItem(STORAGE_KEY, text);
    } catch {
      // Storage is forbidden or full: the settings last as long as the page.
    }
  }

  /**
   * Call within an effect: loads the person's settings and sends every change.
   * @returns cancels sending
   */
  follow(today: Today, send: (change: ChangeSettings) => void): () => void {
    if (this.#person !== today.person.id) {
      this.#person = today.person.id;
      if (Object.keys(today.settings).length > 0) {
        this.values = parseSettings(JSON.stringify({ ...this.values, ...today.settings }));
      }
      this.#sent = JSON.stringify(personalSettings(this.values));
    }
    const settings = personalSettings(this.values);
    const text = JSON.stringify(settings);
    if (text === this.#sent) return () => undefined;
    const timer = setTimeout(() => {
      this.#sent = text;
      send({ change: "settings", person: today.person.id, settings });
    }, SAVE_DELAY_MS);
    return () => clearTimeout(timer);
  }

  reset(): void {
    this.values = { ...DEFAULTS };
  }
}
