// Everything that is heard: the voice, the earcons, the beat.
import type { Say } from "../protocol/messages";
import type { Values } from "../profile/settings.svelte";
import { localVoice, silenceBrowser, speakWith } from "./browser_voice";
import { Clips } from "./clips";
import { type Earcon, playEarcon } from "./earcons";
import { SpeechQueue } from "./speech_queue";

/** Between two beats: a calm heart's. */
const BEAT_MS = 700;

export class Sounds {
  readonly #settings: () => Values;
  readonly #queue: SpeechQueue;
  #context: AudioContext | undefined;
  #clips: Clips | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(settings: () => Values) {
    this.#settings = settings;
    this.#queue = new SpeechQueue({
      speak: (say) => this.#speak(say),
      silence: () => {
        silenceBrowser();
        this.#clips?.silence();
      },
    });
  }

  /** To be called from a click or key: browsers let nothing be heard before one. */
  unlock(): void {
    this.#context ??= new AudioContext();
    this.#clips ??= new Clips(this.#context);
    void this.#context.resume();
    localVoice();  // Some browsers look for their voices only when asked, and take a while.
  }

  say(say: Say): void {
    if (this.#settings().voice) this.#queue.say(say);
  }

  play(earcon: Earcon): void {
    if (this.#context && (earcon === "beat" || this.#settings().sounds)) playEarcon(this.#context, earcon);
  }

  /** Beats from now on, where the person wants it. */
  startBeat(): void {
    if (this.#settings().beat) this.#beat ??= setInterval(() => this.play("beat"), BEAT_MS);
  }

  stopBeat(): void {
    clearInterval(this.#beat);
    this.#beat = undefined;
  }

  silence(): void {
    this.#queue.silence();
    this.stopBeat();
  }

  #speak(say: Say): Promise<void> {
    const voice = localVoice();
    if (voice) return speakWith(voice, say);
    return this.#clips?.play(say.id) ?? Promise.resolve();
  }
}
