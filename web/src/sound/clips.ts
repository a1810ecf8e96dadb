// Recorded phrases, for browsers without a local voice.

export class Clips {
  readonly #context: AudioContext;
  readonly #known = new Map<string, Promise<AudioBuffer | undefined>>();
  #playing: AudioBufferSourceNode | undefined;

  constructor(context: AudioContext) {
    this.#context = context;
  }

  /** Plays the phrase's clip to its end; does nothing if there is none. */
  async play(id: string): Promise<void> {
    const clip = await this.#load(id);
    if (!clip || this.#context.state !== "running") return;
    const source = this.#context.createBufferSource();
    source.buffer = clip;
    source.connect(this.#context.destination);
    this.#playing = source;
    await new Promise<void>((resolve) => {
      source.onended = () => resolve();
      source.start();
    });
  }

  silence(): void {
    this.#playing?.stop();
    this.#playing = undefined;
  }

  #load(id: string): Promise<AudioBuffer | undefined> {
    const known = this.#known.get(id);
    if (known) return known;
    const loading = this.#fetch(id).catch(() => undefined);
    this.#known.set(id, loading);
    return loading;
  }

  async #fetch(id: string): Promise<AudioBuffer | undefined> {
    const answer = await fetch(`/voice/${encodeURIComponent(id)}.ogg`);
    return answer.ok ? this.#context.decodeAudioData(await answer.arrayBuffer()) : undefined;
  }
}
