// Tells a call, a loud voice or a clap, from the sound of the room. Pure: the same samples give the same calls.
import { BANDS_HZ, BandLevels, CLAP_BANDS, FRAME_S, SPEECH_BANDS, toDb } from "./band_levels";
import { Room } from "./room";
import { Voicing } from "./voicing";

/** How a call differs from the room; docs/calls.md shows that the results are flat around each number. */
export interface CallThresholds {
  /** How far two bands of a voice exceed the room's usual maximum. */
  voice_db: number;
  /** The same while the page plays: cancelled echo varies more than a room. */
  over_own_db: number;
  /** How far a voice rises within 200 ms. Passing cars rise by less. */
  rise_db: number;
  /** How long it is loud, with gaps shorter than a syllable's. */
  voice_s: number;
  /** How long it is periodic: three periods of the lowest pitch. */
  voiced_s: number;
  /** Share of the energy that is periodic. @source Boersma 1993; Praat's voicing threshold is 0.45 */
  periodicity: number;
  /** How far all bands of a clap exceed the room's usual maximum, and rise at once. */
  clap_db: number;
  /** How far it falls again within 200 ms. */
  clap_fall_db: number;
}

export const THRESHOLDS: Readonly<CallThresholds> = {
  voice_db: 5,
  over_own_db: 8,
  rise_db: 6,
  voice_s: 0.14,
  voiced_s: 0.05,
  periodicity: 0.5,
  clap_db: 15,
  clap_fall_db: 10,
};

export interface Call {
  kind: "voice" | "clap";
  /** When it began, in seconds of sound since the first sample. */
  onset_s: number;
}

const frames = (seconds: number) => Math.round(seconds / FRAME_S);
const SMOOTHED = frames(0.03);
const RISE = frames(0.2);
/** From the loudspeaker through the room to the microphone, with the delays of both ends. */
const ECHO = frames(0.5);
const LONGEST_GAP = frames(0.12);
const LONGEST_VOICE = frames(1.5);
const QUIET_AFTER = frames(0.25);
const CLAP_RISE = frames(0.05);
const CLAP_FALL = frames(0.2);
/** Quieter output is not heard. */
const SILENT_OUTPUT_DB = -60;
/** Stands for the level of a voice whose samples the page does not have. */
const BROWSER_VOICE_DB = -20;

interface VoiceCandidate {
  begun: number;
  loud: number;
  voiced: number;
  gap: number;
}

interface ClapCandidate {
  begun: number;
  peak_db: number;
}

export class CallDetector {
  /** Whether the browser's own voice speaks: it has no samples to listen to. */
  browserSpeaks = false;

  readonly #thresholds: CallThresholds;
  readonly #microphone: BandLevels;
  readonly #output: BandLevels;
  readonly #voicing: Voicing;
  readonly #room = new Room(BANDS_HZ.length);
  readonly #energies: Float64Array[] = [];
  /** Levels of the whole of the speech's and the clap's bands, newest last. */
  readonly #speech_db: number[] = [];
  readonly #clap_db: number[] = [];
  readonly #output_db: number[] = [];
  #lastOutput: Float64Array | undefined;
  #frame = 0;
  #voice: VoiceCandidate | undefined;
  #clap: ClapCandidate | undefined;
  /** Frames since a call that goes on, and of quiet after it. */
  #sounding: { since: number; quiet: number } | undefined;

  constructor(sampleRate_hz: number, thresholds: Partial<CallThresholds> = {}) {
    this.#thresholds = { ...THRESHOLDS, ...thresholds };
    this.#microphone = new BandLevels(BANDS_HZ, sampleRate_hz);
    this.#output = new BandLevels([[300, 4800]], sampleRate_hz);
    this.#voicing = new Voicing(sampleRate_hz);
  }

  /**
   * Hears the next samples of the microphone and of what the page played meanwhile (undefined: nothing), both in -1 to
   * 1. @returns the call that they complete.
   */
  push(microphone: Float32Array, output?: Float32Array): Call | undefined {
    let call: Call | undefined;
    for (let at = 0; at < microphone.length; at++) {
      const sample = microphone[at] ?? 0;
      this.#voicing.push(sample);
      this.#lastOutput = this.#output.push(output?.[at] ?? 0) ?? this.#lastOutput;
      const energies = this.#microphone.push(sample);
      if (energies) call = this.#hear(energies) ?? call;
    }
    return call;
  }

  #hear(energies: Float64Array): Call | undefined {
    this.#frame++;
    const output_db = this.#heldOutput();
    const levels_db = this.#smooth(energies);
    const now_db = [...energies].map(toDb);
    keep(this.#speech_db, toDb(sumOf(SPEECH_BANDS, this.#meanEnergies())), RISE);
    keep(this.#clap_db, toDb(sumOf(CLAP_BANDS, energies)), CLAP_RISE);
    const call = this.#decide(levels_db, now_db, output_db);
    this.#room.add(levels_db, output_db);
    return call;
  }

  #decide(
    levels_db: readonly number[],
    now_db: readonly number[],
    output_db: number | undefined,
  ): Call | undefined {
    const margin_db =
      output_db === undefined ? this.#thresholds.voice_db : this.#thresholds.over_own_db;
    const exceeds = (band: number, level_db: number, by_db: number) =>
      level_db > this.#room.usualMaximum_db(band, output_db) + by_db;
    const loud =
      SPEECH_BANDS.filter((band) => exceeds(band, levels_db[band] ?? -Infinity, margin_db))
        .length >= 2;
    if (this.#sounding) {
      this.#soundOn(this.#sounding, loud);
      return undefined;
    }
    if (!this.#room.known(output_db !== undefined)) return undefined;
    const sharp = CLAP_BANDS.every((band) =>
      exceeds(band, now_db[band] ?? -Infinity, this.#thresholds.clap_db),
    );
    return this.#hearClap(sharp) ?? this.#hearVoice(loud);
  }

  #hearVoice(loud: boolean): Call | undefined {
    if (!this.#voice) {
      if (!loud || riseOf(this.#speech_db) < this.#thresholds.rise_db) return undefined;
      this.#voice = { begun: this.#frame, loud: 0, voiced: 0, gap: 0 };
      this.#room.hold();
    }
    const voice = this.#voice;
    if (loud) {
      voice.gap = 0;
      voice.loud++;
      if (this.#voicing.periodicity() >= this.#thresholds.periodicity) voice.voiced++;
    } else voice.gap++;
    const { voice_s, voiced_s } = this.#thresholds;
    if (loud && voice.loud >= frames(voice_s) && voice.voiced >= frames(voiced_s))
      return this.#report("voice", voice.begun);
    if (voice.gap > LONGEST_GAP || this.#frame - voice.begun > LONGEST_VOICE) {
      this.#voice = undefined;
      this.#room.settle(true);
    }
    return undefined;
  }

  #hearClap(sharp: boolean): Call | undefined {
    const level_db = this.#clap_db.at(-1) ?? -Infinity;
    if (sharp && riseOf(this.#clap_db) >= this.#thresholds.clap_db)
      this.#clap ??= { begun: this.#frame, peak_db: level_db };
    const clap = this.#clap;
    if (!clap) return undefined;
    clap.peak_db = Math.max(clap.peak_db, level_db);
    if (level_db < clap.peak_db - this.#thresholds.clap_fall_db)
      return this.#report("clap", clap.begun);
    if (this.#frame - clap.begun > CLAP_FALL) this.#clap = undefined;
    return undefined;
  }

  #report(kind: Call["kind"], begun: number): Call {
    this.#voice = undefined;
    this.#clap = undefined;
    this.#room.hold();
    this.#sounding = { since: this.#frame, quiet: 0 };
    return { kind, onset_s: (begun - SMOOTHED) * FRAME_S };
  }

  /** A call is reported once. A sound that outlasts it becomes the room's. */
  #soundOn(sounding: { since: number; quiet: number }, loud: boolean): void {
    sounding.quiet = loud ? 0 : sounding.quiet + 1;
    if (sounding.quiet >= QUIET_AFTER) this.#sounding = undefined;
    if (!this.#sounding || this.#frame - sounding.since === LONGEST_VOICE) this.#room.settle(false);
  }

  /** The largest level of the output while its echo lasts; undefined: it is silent. */
  #heldOutput(): number | undefined {
    const output = this.browserSpeaks ? BROWSER_VOICE_DB : toDb(this.#lastOutput?.[0] ?? 0);
    keep(this.#output_db, output, ECHO);
    const held_db = Math.max(...this.#output_db);
    return held_db < SILENT_OUTPUT_DB ? undefined : held_db;
  }

  #smooth(energies: Float64Array): number[] {
    keep(this.#energies, energies, SMOOTHED);
    return [...this.#meanEnergies()].map(toDb);
  }

  #meanEnergies(): Float64Array {
    const count = this.#energies.length;
    return new Float64Array(BANDS_HZ.length).map(
      (_, band) => this.#energies.reduce((sum, each) => sum + (each[band] ?? 0), 0) / count,
    );
  }
}

/** Appends `value` and drops the oldest beyond `most`. */
function keep<T>(values: T[], value: T, most: number): void {
  values.push(value);
  if (values.length > most) values.shift();
}

const sumOf = (bands: readonly number[], energies: Float64Array) =>
  bands.reduce((sum, band) => sum + (energies[band] ?? 0), 0);

/** How far the newest level is above the lowest of those kept. */
const riseOf = (levels_db: readonly number[]) => (levels_db.at(-1) ?? 0) - Math.min(...levels_db);
