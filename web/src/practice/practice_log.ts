// The page's own log of a practice, so that nothing is lost with the connection.
import { FALLBACK_PRAISE } from "../exercise/exercise";
import type { Curve, FrameDone, Repetition, Summary } from "../protocol/messages";

const LONGEST_S = 600;

function joined(before: Curve, after: Curve): Curve {
  const from = after.times_s[0] ?? Infinity;
  const overlap = before.times_s.findIndex((time) => time >= from);
  const head = <T>(values: T[]) => (overlap < 0 ? values : values.slice(0, overlap));
  return {
    times_s: [...head(before.times_s), ...after.times_s],
    left: [...head(before.left), ...after.left],
    right: [...head(before.right), ...after.right],
  };
}

export class PracticeLog {
  readonly #repetitions: Repetition[] = [];
  readonly #curve: Curve = { times_s: [], left: [], right: [] };
  #frames = 0;
  /** How many repetitions belong to lost connections. */
  #lost = 0;

  frame(time_s: number, done: FrameDone): void {
    if (done.dropped) return;
    this.#frames++;
    const curve = this.#curve;
    curve.times_s.push(time_s);
    curve.left.push(done.knee_flexion[0]);
    curve.right.push(done.knee_flexion[1]);
    const first_s = curve.times_s[0] ?? time_s;
    if (time_s - first_s <= LONGEST_S) return;
    curve.times_s.shift();
    curve.left.shift();
    curve.right.shift();
  }

  repetition(repetition: Repetition): void {
    this.#repetitions.push({ ...repetition, index: this.#repetitions.length + 1 });
  }

  connectionLost(): void {
    this.#lost = this.#repetitions.length;
  }

  /** The server's summary, with the repetitions from before the connection was lost. */
  mergedSummary(summary: Summary): Summary {
    if (this.#lost === 0) return summary;
    const before = this.#repetitions.slice(0, this.#lost);
    const after = summary.repetitions.map((each, at) => ({ ...each, index: this.#lost + at + 1 }));
    // The server has no praise for repetitions that it has not seen.
    const praise = after.length === 0 ? this.localSummary(summary.ended_by).praise : summary.praise;
    return {
      ...summary,
      praise,
      repetitions: [...before, ...after],
      curve: joined(this.#curve, summary.curve),
    };
  }

  /** The page's own summary, for when the server sends none. */
  localSummary(endedBy: Summary["ended_by"]): Summary {
    return {
      type: "summary",
      frames: this.#frames,
      ended_by: endedBy,
      self_reported: false,
      praise: [FALLBACK_PRAISE],
      advice: [],
      repetitions: [...this.#repetitions],
      curve: this.#curve,
    };
  }
}
