// What is next and what was done. Kept in memory, until a store takes its place behind the same interface.
import { levelOf } from "./exercise";
import type { Summary } from "./messages";

export interface Plan {
  level: number;
  /** Wanted a side. */
  repetitions: number;
}

/** A practice that has ended. */
export interface Done {
  plan: Plan;
  ended: Date;
  summary: Summary;
}

export interface Service {
  /** What to practise next. */
  next(): Promise<Plan>;
  /** The person's own choice of what is next. */
  choose(plan: Plan): Promise<void>;
  /** Keeps what was done. */
  keep(done: Done): Promise<void>;
  /** What was done, the last one last. */
  done(): Promise<readonly Done[]>;
}

export class MemoryService implements Service {
  // The easiest level first, for everybody: who finds it easy chooses the next.
  #plan: Plan = { level: levelOf(0).number, repetitions: levelOf(0).repetitions_goal };
  readonly #done: Done[] = [];

  next(): Promise<Plan> {
    return Promise.resolve({ ...this.#plan });
  }

  choose(plan: Plan): Promise<void> {
    this.#plan = { ...plan };
    return Promise.resolve();
  }

  keep(done: Done): Promise<void> {
    this.#done.push(done);
    return Promise.resolve();
  }

  done(): Promise<readonly Done[]> {
    return Promise.resolve([...this.#done]);
  }
}
