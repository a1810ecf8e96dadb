// What this page itself has seen of a practice, so that nothing is lost when the connection is.
import type { Curve, FrameDone, Repetition, Summary } from "../protocol/messages";

const LONGEST_S = 600;

function joined(before: Curve, after: Curve): Curve {
  const from = after.times_s[0] ?? Infinity;
  const kept = before.times_s.findIndex((time) => time >= from);
  const head = <T>(values: T[]) => (kept < 0 ? values : values.slice(0, kept));
  return {
    times_s: [...head(before.times_s), ...after.times_s],
    left: [...head(before.left), ...after.left],
    right: [...head(before.right), ...after.right],
  };
}

export class History {
  readonly #repetitions: Repetition[] = [];
  readonly #curve: Curve = { times_s: [], left: [], right: [] };
  #frames = 0;
  /** How many of the repetitions belong to connections that are lost. */
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

  /** The server's summary, with what came before the connection was lost. */
  completed(summary: Summary): Summary {
    if (this.#lost === 0) return summary;
    const before = this.#repetitions.slice(0, this.#lost);
    const after = summary.repetitions.map((each, at) => ({ ...each, index: this.#lost + at + 1 }));
    // Of what came before, the server that ends the practice knows nothing to praise.
    const praise = after.length === 0 ? this.alone(summary.ended_by).praise : summary.praise;
    return { ...summary, praise, repetitions: [...before, ...after], curve: joined(this.#curve, summary.curve) };
  }

  /** A summary where the server gives none. */
  alone(endedBy: Summary["ended_by"]): Summary {
    return {
      type: "summary",
      frames: this.#frames,
      ended_by: endedBy,
      self_reported: false,
      praise: ["You practised, and what was counted is kept."],
      advice: [],
      repetitions: [...this.#repetitions],
      curve: this.#curve,
    };
  }
}
