// Recorded sentences, for browsers without a local voice. All are fetched before a practice, so that they can be
// played when the server is gone.
import type { Say } from "../protocol/messages";

const MANIFEST = "voice/voice.json";

async function fetched(name: string): Promise<ArrayBuffer | undefined> {
  const answer = await fetch(`voice/${encodeURIComponent(name)}.ogg`);
  return answer.ok ? answer.arrayBuffer() : undefined;
}

export class Clips {
  readonly #context: AudioContext;
  readonly #output: AudioNode;
  readonly #bytes = new Map<string, Promise<ArrayBuffer | undefined>>();
  readonly #sounds = new Map<string, Promise<AudioBuffer | undefined>>();
  #playing: AudioBufferSourceNode | undefined;
  #turn = 0;

  constructor(context: AudioContext, output: AudioNode = context.destination) {
    this.#context = context;
    this.#output = output;
  }

  /** Fetches every clip; those that fail are fetched again when they are played. */
  async fetchAll(): Promise<void> {
    const answer = await fetch(MANIFEST).catch(() => undefined);
    if (!answer?.ok) return;
    const lengths = (await answer.json()) as Record<string, { long: number; short: number }>;
    const loading = Object.entries(lengths).flatMap(([id, { long, short }]) => {
      if (short < long) return [this.#load(id), this.#load(`${id}.short`)];
      this.#bytes.set(`${id}.short`, Promise.resolve(undefined)); // It has no short form.
      return [this.#load(id)];
    });
    await Promise.all(loading);
  }

  /** Plays the sentence's clip to its end; does nothing if there is none. */
  async play({ id, form }: Pick<Say, "id" | "form">, begun?: () => void): Promise<void> {
    const turn = ++this.#turn;
    const short = form === "short" ? await this.#decoded(`${id}.short`) : undefined;
    const clip = short ?? (await this.#decoded(id));
    if (!clip || this.#context.state !== "running" || turn !== this.#turn) return;
    const source = this.#context.createBufferSource();
    source.buffer = clip;
    source.connect(this.#output);
    this.#playing = source;
    await new Promise<void>((resolve) => {
      source.onended = () => resolve();
      source.start();
      begun?.();
    });
  }

  /** Whether the phrase has a clip. */
  async has(id: string): Promise<boolean> {
    return (await this.#load(id)) !== undefined;
  }

  silence(): void {
    this.#turn++;
    this.#playing?.stop();
    this.#playing = undefined;
  }

  #load(name: string): Promise<ArrayBuffer | undefined> {
    const known = this.#bytes.get(name);
    if (known) return known;
    const loading = fetched(name).catch(() => {
      this.#bytes.delete(name);
      return undefined;
    });
    this.#bytes.set(name, loading);
    return loading;
  }

  #decoded(name: string): Promise<AudioBuffer | undefined> {
    const known = this.#sounds.get(name);
    if (known) return known;
    const decoding = this.#load(name)
      .then((bytes) => bytes && this.#context.decodeAudioData(bytes.slice(0)))
      .catch(() => undefined);
    this.#sounds.set(name, decoding);
    void decoding.then((sound) => sound ?? this.#sounds.delete(name));
    return decoding;
  }
}
