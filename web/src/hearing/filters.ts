// Second-order Butterworth filters (the bilinear transform, as in the W3C "Audio EQ Cookbook").

const BUTTERWORTH_Q = Math.SQRT1_2;

/** A filter that keeps its state from sample to sample. */
export class Biquad {
  readonly #b0: number;
  readonly #b1: number;
  readonly #b2: number;
  readonly #a1: number;
  readonly #a2: number;
  #z1 = 0;
  #z2 = 0;

  private constructor(b0: number, b1: number, b2: number, a0: number, a1: number, a2: number) {
    this.#b0 = b0 / a0;
    this.#b1 = b1 / a0;
    this.#b2 = b2 / a0;
    this.#a1 = a1 / a0;
    this.#a2 = a2 / a0;
  }

  static highPass(corner_hz: number, sampleRate_hz: number): Biquad {
    const { cos, alpha } = angles(corner_hz, sampleRate_hz);
    return new Biquad((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
  }

  static lowPass(corner_hz: number, sampleRate_hz: number): Biquad {
    const { cos, alpha } = angles(corner_hz, sampleRate_hz);
    return new Biquad((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
  }

  filter(sample: number): number {
    const out = this.#b0 * sample + this.#z1;
    this.#z1 = this.#b1 * sample - this.#a1 * out + this.#z2;
    this.#z2 = this.#b2 * sample - this.#a2 * out;
    return out;
  }
}

function angles(corner_hz: number, sampleRate_hz: number): { cos: number; alpha: number } {
  const w = (2 * Math.PI * corner_hz) / sampleRate_hz;
  return { cos: Math.cos(w), alpha: Math.sin(w) / (2 * BUTTERWORTH_Q) };
}

/** A band of frequencies, 12 dB an octave on both sides. */
export class BandPass {
  readonly #high: Biquad;
  readonly #low: Biquad;

  constructor(from_hz: number, to_hz: number, sampleRate_hz: number) {
    this.#high = Biquad.highPass(from_hz, sampleRate_hz);
    this.#low = Biquad.lowPass(Math.min(to_hz, 0.45 * sampleRate_hz), sampleRate_hz);
  }

  filter(sample: number): number {
    return this.#low.filter(this.#high.filter(sample));
  }
}
