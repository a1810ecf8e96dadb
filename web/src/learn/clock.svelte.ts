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
