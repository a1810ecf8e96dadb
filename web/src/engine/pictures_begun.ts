// Pictures whose networks run beside the program. They are finished in their order.

export class PicturesBegun {
  readonly #most: () => number;
  readonly #unfinished: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();

  /** @param most may be unfinished at a time */
  constructor(most: () => number) {
    this.#most = most;
  }

  /** Waits until one more may be begun. Throws what finishing another threw. */
  async room(): Promise<void> {
    while (this.#unfinished.length >= this.#most()) await this.#unfinished[0];
  }

  /**
   * @param ran when its networks have run
   * @param finish is called then, and after those before it; not after one that failed
   */
  add(ran: Promise<void>, finish: () => Promise<void>): void {
    const done = Promise.all([this.#last, ran]).then(finish);
    this.#last = done;
    this.#unfinished.push(done);
    const remove = () => this.#unfinished.splice(this.#unfinished.indexOf(done), 1);
    done.then(remove, () => undefined);
  }

  /** Waits for all of them. Throws what finishing one threw. */
  finished(): Promise<void> {
    return this.#last;
  }
}
