// The level of a sound in each band, every 10 ms.
import { BandPass, Biquad } from "./filters";

export const FRAME_S = 0.01;
/** Octaves from the lowest frequency that a telephone carries to where small microphones still hear. */
export const BANDS_HZ = [
  [300, 600],
  [600, 1200],
  [1200, 2400],
  [2400, 4800],
  [4800, 8000],
] as const;
/** The first bands hold nearly all energy of a voice, the last ones that of a clap. @source Repp 1987, figure 2 */
export const SPEECH_BANDS = [0, 1, 2, 3] as const;
export const CLAP_BANDS = [1, 2, 3, 4] as const;

/** A foot that falls on the mat is loud below this; a voice's harmonics are above. */
const THUDS_HZ = 250;
/** Below the quantisation of 16 bits; keeps digital silence finite. */
const SILENCE = 1e-10;

export const toDb = (energy: number) => 10 * Math.log10(energy + SILENCE);

/** Sums the energy of bands until a frame is complete. */
export class BandLevels {
  readonly #noThuds: Biquad;
  readonly #filters: readonly BandPass[];
  readonly #sums: Float64Array;
  readonly #frame: number;
  #samples = 0;

  constructor(bands_hz: readonly (readonly [number, number])[], sampleRate_hz: number) {
    this.#noThuds = Biquad.highPass(THUDS_HZ, sampleRate_hz);
    this.#filters = bands_hz.map(([from, to]) => new BandPass(from, to, sampleRate_hz));
    this.#sums = new Float64Array(bands_hz.length);
    this.#frame = Math.round(FRAME_S * sampleRate_hz);
  }

  /** @returns the mean energy of each band when the sample completes a frame. */
  push(sample: number): Float64Array | undefined {
    const cleared = this.#noThuds.filter(sample);
    for (let band = 0; band < this.#filters.length; band++) {
      const filtered = this.#filters[band]?.filter(cleared) ?? 0;
      this.#sums[band] = (this.#sums[band] ?? 0) + filtered * filtered;
    }
    if (++this.#samples < this.#frame) return undefined;
    const energies = this.#sums.map((sum) => sum / this.#frame);
    this.#sums.fill(0);
    this.#samples = 0;
    return energies;
  }
}
