// The time that a replayed repetition shows.

const SLOW = 0.5;

export class ReplayClock {
  readonly from_s: number;
  readonly to_s: number;
  time_s = $state(0);
  playing = $state(false);

  constructor(from_s: number, to_s: number) {
    this.from_s = from_s;
    this.to_s = Math.max(from_s, to_s);
    this.time_s = from_s;
  }

  /** From the beginning if it is at the end. */
  play(): void {
    if (this.time_s >= this.to_s) this.time_s = this.from_s;
    this.playing = this.to_s > this.from_s;
  }

  pause(): void {
    this.playing = false;
  }

  seek(to_s: number): void {
    this.time_s = Math.min(this.to_s, Math.max(this.from_s, to_s));
  }

  /** Moves on while playing. At the end it begins again, or stops. */
  advance(elapsed_s: number, how: { slow: boolean; loop: boolean }): void {
    if (!this.playing) return;
    const next_s = this.time_s + elapsed_s * (how.slow ? SLOW : 1);
    if (next_s < this.to_s) {
      this.time_s = next_s;
    } else if (how.loop) {
      this.time_s = this.from_s;
    } else {
      this.time_s = this.to_s;
      this.playing = false;
    }
  }
}
