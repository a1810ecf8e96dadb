// The clock that all moving figures share. It can be stopped, and starts stopped for people who prefer reduced motion.

export class Clock {
  time_s = $state(0);
  running = $state(false);
  #before_ms: number | undefined;
  #frame = 0;

  start(): void {
    if (this.running) return;
    this.running = true;
    this.#before_ms = undefined;
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  stop(): void {
    this.running = false;
    cancelAnimationFrame(this.#frame);
  }

  #tick(now_ms: number): void {
    this.time_s += (now_ms - (this.#before_ms ?? now_ms)) / 1000;
    this.#before_ms = now_ms;
    this.#frame = requestAnimationFrame((next) => this.#tick(next));
  }
}

/** The clock of a page of figures. */
export class FigureClock extends Clock {
  #lessMotion = $state(false);

  /** Whether pictures stand in for movement. */
  get still(): boolean {
    return this.#lessMotion && !this.running;
  }

  /** Runs unless the person prefers less motion. @returns ends it */
  follow(): () => void {
    const query = matchMedia("(prefers-reduced-motion: reduce)");
    const change = () => {
      this.#lessMotion = query.matches;
      if (query.matches) this.stop();
      else this.start();
    };
    change();
    query.addEventListener("change", change);
    return () => {
      query.removeEventListener("change", change);
      this.stop();
    };
  }

  toggle(): void {
    if (this.running) this.stop();
    else this.start();
  }
}
