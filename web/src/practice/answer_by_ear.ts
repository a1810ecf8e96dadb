// The question after a call that stopped the practice: another call means discomfort, silence means comfort.

/** People call more than once: what follows the stop at once belongs to it. */
const SAME_CALL_MS = 1500;
/** The question takes about three seconds; six remain to answer it. */
const ANSWER_MS = 9000;

export interface Answers {
  comfortable(): void;
  discomfort(): void;
}

export class AnswerByEar {
  readonly #answers: Answers;
  readonly #now: () => number;
  #since_ms = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(answers: Answers, now: () => number = () => performance.now()) {
    this.#answers = answers;
    this.#now = now;
  }

  get asked(): boolean {
    return this.#timer !== undefined;
  }

  ask(): void {
    this.cancel();
    this.#since_ms = this.#now();
    this.#timer = setTimeout(() => {
      this.cancel();
      this.#answers.comfortable();
    }, ANSWER_MS);
  }

  /** A call was heard. */
  called(): void {
    if (!this.asked || this.#now() - this.#since_ms < SAME_CALL_MS) return;
    this.cancel();
    this.#answers.discomfort();
  }

  /** The person answers in another way, or no answer is needed any more. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
