// The distribution of a level over the last while: a histogram that forgets exponentially.

const LOWEST_DB = -150;
const BINS = 260;
/** Weights grow instead of the histogram decaying; past this they are scaled back. */
const HEAVIEST = 1e12;

export class LevelHistory {
  readonly #bins = new Float64Array(BINS);
  readonly #growth: number;
  #weight = 1;
  #total = 0;
  #added = 0;

  /** `memory`: after so many further levels, one weighs 1/e of what it did. */
  constructor(memory: number) {
    this.#growth = Math.exp(1 / memory);
  }

  /** How many levels were added so far. */
  get added(): number {
    return this.#added;
  }

  add(level_db: number): void {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(level_db - LOWEST_DB)));
    this.#bins[bin] = (this.#bins[bin] ?? 0) + this.#weight;
    this.#total += this.#weight;
    this.#added++;
    this.#weight *= this.#growth;
    if (this.#weight > HEAVIEST) this.#scaleBack();
  }

  /** The level that the share `share` of the weight does not exceed, in dB; -Infinity while nothing was added. */
  quantile(share: number): number {
    if (this.#added === 0) return -Infinity;
    const wanted = share * this.#total;
    let below = 0;
    for (let bin = 0; bin < BINS; bin++) {
      const here = this.#bins[bin] ?? 0;
      if (here > 0 && below + here >= wanted) return LOWEST_DB + bin + (wanted - below) / here;
      below += here;
    }
    return LOWEST_DB + BINS;
  }

  #scaleBack(): void {
    for (let bin = 0; bin < BINS; bin++) this.#bins[bin] = (this.#bins[bin] ?? 0) / this.#weight;
    this.#total /= this.#weight;
    this.#weight = 1;
  }
}
