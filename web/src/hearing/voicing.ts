// Whether a sound is periodic, as a voice is.
import { BandPass } from "./filters";

/** Without the fundamental of hum and engines; a voice's harmonics in this band still repeat with its pitch. */
const BAND_HZ = [300, 1500] as const;
const ANALYSIS_RATE_HZ = 8000;
/** From the end of a deep man's word to a child's shout. */
const LOWEST_PITCH_HZ = 60;
const HIGHEST_PITCH_HZ = 700;
/** Two periods of the lowest pitch, and short enough that a pitch is steady. */
const WINDOW_S = 0.035;

export class Voicing {
  readonly #band: BandPass;
  readonly #every: number;
  readonly #window: number;
  readonly #shortest: number;
  readonly #longest: number;
  readonly #recent: Float64Array;
  #next = 0;
  #skipped = 0;

  constructor(sampleRate_hz: number) {
    this.#band = new BandPass(BAND_HZ[0], BAND_HZ[1], sampleRate_hz);
    this.#every = Math.max(1, Math.floor(sampleRate_hz / ANALYSIS_RATE_HZ));
    const rate_hz = sampleRate_hz / this.#every;
    this.#window = Math.round(WINDOW_S * rate_hz);
    this.#shortest = Math.floor(rate_hz / HIGHEST_PITCH_HZ);
    this.#longest = Math.ceil(rate_hz / LOWEST_PITCH_HZ);
    this.#recent = new Float64Array(this.#window + this.#longest);
  }

  push(sample: number): void {
    const filtered = this.#band.filter(sample);
    if (++this.#skipped < this.#every) return;
    this.#skipped = 0;
    this.#recent[this.#next] = filtered;
    this.#next = (this.#next + 1) % this.#recent.length;
  }

  /**
   * The largest normalised autocorrelation of the last 35 ms over the lags of a pitch: 0 to 1, the share of the energy
   * that is periodic. @source Boersma 1993, equation 4 (harmonics-to-noise ratio r / (1 - r))
   */
  periodicity(): number {
    const sound = this.#inOrder();
    const from = this.#longest;
    let best = 0;
    for (let lag = this.#shortest; lag <= this.#longest; lag++) {
      let product = 0;
      let now = 0;
      let before = 0;
      for (let at = from; at < sound.length; at++) {
        const a = sound[at] ?? 0;
        const b = sound[at - lag] ?? 0;
        product += a * b;
        now += a * a;
        before += b * b;
      }
      if (product > 0) best = Math.max(best, product / Math.sqrt(now * before));
    }
    return best;
  }

  #inOrder(): Float64Array {
    const sound = new Float64Array(this.#recent.length);
    sound.set(this.#recent.subarray(this.#next));
    sound.set(this.#recent.subarray(0, this.#next), this.#recent.length - this.#next);
    return sound;
  }
}
