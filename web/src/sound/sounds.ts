// All sound output: voice, earcons and beat.
import { TEMPO } from "../exercise/teaching";
import type { Say } from "../protocol/messages";
import { localVoice, silenceBrowser, speakWith } from "./browser_voice";
import { Clips } from "./clips";
import { type Earcon, playEarcon } from "./earcons";
import { vibrate } from "./haptics";
import { SpeechQueue } from "./speech_queue";

const LONGEST_FETCH_MS = 5000;

/** The settings for sound. */
export interface SoundSettings {
  voice: boolean;
  sounds: boolean;
  beat: boolean;
  haptics: boolean;
}

/** Hears the page as well as the person. */
interface Ear {
  /** The browser's own voice begins or ends; it doesn't pass the mixer. */
  browserSpeaks(speaks: boolean): void;
}

export class Sounds {
  /** Set while the microphone is on. */
  ear: Ear | undefined;
  readonly #settings: () => SoundSettings;
  readonly #queue: SpeechQueue;
  #context: AudioContext | undefined;
  #mixer: GainNode | undefined;
  #clips: Clips | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(settings: () => SoundSettings) {
    this.#settings = settings;
    this.#queue = new SpeechQueue({
      speak: (say, begun) => this.#speak(say, begun),
      silence: () => {
        silenceBrowser();
        this.#clips?.silence();
      },
    });
    // tests/live/practise_clip.mjs reads it.
    Object.assign(globalThis, { matsideSpoken: this.#queue.spoken });
  }

  /** Call from a click or key: browsers allow no sound before one. */
  unlock(): void {
    this.#context ??= new AudioContext();
    if (!this.#mixer) {
      this.#mixer = this.#context.createGain();
      this.#mixer.connect(this.#context.destination);
    }
    this.#clips ??= new Clips(this.#context, this.#mixer);
    void this.#context.resume();
    localVoice(); // Some browsers load their voices only when asked, and take a while.
  }

  /** Where the page plays; undefined before `unlock`. */
  get output(): { context: AudioContext; mixer: AudioNode } | undefined {
    return this.#context && this.#mixer && { context: this.#context, mixer: this.#mixer };
  }

  /** Fetches the whole voice, so that it speaks when the server is gone; gives up on a slow network. */
  async prepare(): Promise<void> {
    if (!this.#clips || !this.#settings().voice) return;
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_FETCH_MS));
    await Promise.race([this.#clips.fetchAll(), tooLong]);
  }

  say(say: Say): void {
    if (this.#settings().voice) this.#queue.say(say);
  }

  play(earcon: Earcon): void {
    if (this.#settings().haptics) vibrate(earcon);
    if (this.#context && (earcon === "beat" || this.#settings().sounds))
      playEarcon(this.#context, earcon, this.#mixer);
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

  async #speak(say: Say, begun: () => void): Promise<void> {
    const voice = localVoice();
    // Browsers cancel the echo of what the page plays, not that of their own voice.
    if (!voice || (this.ear && (await this.#clips?.has(say.id))))
      return this.#clips?.play(say, begun);
    this.ear?.browserSpeaks(true);
    await speakWith(voice, say, begun);
    this.ear?.browserSpeaks(false);
  }
}
