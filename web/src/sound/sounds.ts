// All sound output: voice, earcons and beat.
import { TEMPO } from "../exercise/teaching";
import type { Say } from "../protocol/messages";
import { localVoice, silenceBrowser, speakWith } from "./browser_voice";
import { Clips } from "./clips";
import { type Earcon, playEarcon } from "./earcons";
import { SpeechQueue } from "./speech_queue";

/** The settings for sound. */
export interface SoundSettings {
  voice: boolean;
  sounds: boolean;
  beat: boolean;
}

export class Sounds {
  readonly #settings: () => SoundSettings;
  readonly #queue: SpeechQueue;
  #context: AudioContext | undefined;
  #clips: Clips | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(settings: () => SoundSettings) {
    this.#settings = settings;
    this.#queue = new SpeechQueue({
      speak: (say) => this.#speak(say),
      silence: () => {
        silenceBrowser();
        this.#clips?.silence();
      },
    });
  }

  /** Call from a click or key: browsers allow no sound before one. */
  unlock(): void {
    this.#context ??= new AudioContext();
    this.#clips ??= new Clips(this.#context);
    void this.#context.resume();
    localVoice(); // Some browsers load their voices only when asked, and take a while.
  }

  say(say: Say): void {
    if (this.#settings().voice) this.#queue.say(say);
  }

  play(earcon: Earcon): void {
    if (this.#context && (earcon === "beat" || this.#settings().sounds))
      playEarcon(this.#context, earcon);
  }

  /** Starts the beat, if the person wants it. */
  startBeat(): void {
    if (this.#settings().beat)
      this.#beat ??= setInterval(() => this.play("beat"), 1000 * TEMPO.beat_s);
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
