// A practice without a camera: the server's script, played by sound; at the end the person says what was done.
import type { FromServer, Hello, ScriptItem, Summary } from "../protocol/messages";
import { Link, type LinkState } from "../practice/reconnecting_connection";
import { type Awake, stayAwake } from "../practice/wake_lock";
import type { Filing, Plan } from "../records/records_service";
import type { Values } from "../profile/settings.svelte";
import type { Sounds } from "../sound/sounds";
import { ownSay } from "../sound/phrases";
import { ScriptPlayer } from "./script_player";

/** asking: how it feels; telling: how many were done. */
export type SoundPhase = "idle" | "starting" | "playing" | "asking" | "telling" | "finishing" | "finished";

const SUMMARY_PATIENCE_MS = 10_000;

export class SoundPractice {
  phase = $state<SoundPhase>("idle");
  link = $state<LinkState>("closed");
  left = $state(0);
  right = $state(0);
  cue = $state("");
  trouble = $state("");
  plan = $state<Plan>({ level: 0, repetitions: 1 });
  summary = $state.raw<Summary | undefined>();
  /** As it is recorded; null: it is not. */
  recorded = $state<number | null>(null);

  readonly #sounds: Sounds;
  readonly #settings: () => Values;
  #link: Link | undefined;
  #player: ScriptPlayer | undefined;
  #awake: Awake | undefined;
  #filing: Filing | undefined;
  #attempt = 0;
  #discomfort = false;

  constructor(sounds: Sounds, settings: () => Values) {
    this.#sounds = sounds;
    this.#settings = settings;
  }

  get playing(): boolean {
    return this.phase === "starting" || this.phase === "playing" || this.phase === "asking";
  }

  start(plan: Plan, filing?: Filing): void {
    Object.assign(this, { left: 0, right: 0, cue: "", trouble: "", summary: undefined, recorded: null });
    this.#filing = filing;
    this.plan = { ...plan };
    this.phase = "starting";
    this.#attempt++;
    this.#player = undefined;
    this.#discomfort = false;
    this.#awake = stayAwake();
    this.#link = new Link({
      hello: () => this.#hello(),
      message: (message) => this.#take(message),
      state: (state) => (this.link = state),
      gone: () => this.#gone(),
    });
    this.#link.open();
  }

  stop(): void {
    if (this.phase === "starting") return this.#end();
    if (this.phase !== "playing") return;
    this.#player?.pause();
    this.#sounds.silence();
    this.phase = "asking";
    const say = ownSay("stopped_here");
    this.cue = say.text;
    this.#sounds.say(say);
  }

  goOn(): void {
    if (this.phase !== "asking") return;
    this.phase = "playing";
    this.#beat();
    this.#player?.play();
  }

  finish(): void {
    if (this.phase === "asking") this.phase = "telling";
  }

  discomfort(): void {
    if (this.phase !== "asking") return;
    this.#discomfort = true;
    this.#link?.send({ type: "comfort", answer: "discomfort" });
    this.phase = "telling";
  }

  /** The person says what was done. */
  tell(left: number, right: number): void {
    if (this.phase !== "telling") return;
    this.left = left;
    this.right = right;
    this.phase = "finishing";
    const alone = () => this.#summarise(this.#alone());
    if (this.link !== "connected") return alone();
    this.#link?.send({ type: "self_reported", left, right });
    const attempt = this.#attempt;
    setTimeout(() => {
      if (attempt === this.#attempt && this.phase === "finishing") alone();
    }, SUMMARY_PATIENCE_MS);
  }

  /** The person has gone to another page. */
  leave(): void {
    if (this.phase !== "idle" && this.phase !== "finished") this.#end();
  }

  #hello(): Hello {
    return {
      type: "hello",
      level: this.plan.level,
      repetitions: this.plan.repetitions,
      guided: true,
      camera: false,
      breath: this.#settings().breath,
      ...this.#filing,
      ...(this.#filing && this.recorded !== null ? { resume: this.recorded } : {}),
    };
  }

  #take(message: FromServer): void {
    switch (message.type) {
      case "ready":
        this.recorded = message.practice ?? this.recorded;
        break;
      case "script":
        // After a lost connection the one that plays goes on.
        if (this.#player) break;
        this.phase = "playing";
        this.#player = new ScriptPlayer(message.items, (item) => this.#reach(item), () => this.#played());
        this.#beat();
        this.#player.play();
        break;
      case "summary":
        this.#summarise(this.#discomfort ? { ...message, ended_by: "discomfort" } : message);
        break;
      case "failure":
        if (this.#player) break;
        this.trouble = message.message;
        this.#end();
        break;
    }
  }

  #reach(item: ScriptItem): void {
    this.left = item.left;
    this.right = item.right;
    if (item.sound !== "none") this.#sounds.play(item.sound);
    if (item.say.text === "") return;
    this.cue = item.say.text;
    this.#sounds.say(item.say);
  }

  #played(): void {
    this.#sounds.stopBeat();
    this.phase = "telling";
  }

  #beat(): void {
    if (this.plan.level > 0) this.#sounds.startBeat();
  }

  #gone(): void {
    if (this.phase !== "starting") return;
    this.trouble = "Matside does not answer. Is it still running?";
    this.#end();
  }

  #alone(): Summary {
    return {
      type: "summary",
      frames: 0,
      ended_by: this.#discomfort ? "discomfort" : "person",
      self_reported: true,
      praise: ["You practised, and that is what counts."],
      advice: [],
      repetitions: [],
      curve: { times_s: [], left: [], right: [] },
    };
  }

  #summarise(summary: Summary): void {
    this.summary = { ...summary, practice: summary.practice ?? this.recorded };
    this.#end();
  }

  #end(): void {
    this.phase = "finished";
    this.#player?.pause();
    this.#sounds.stopBeat();
    this.#awake?.end();
    const link = this.#link;
    this.#link = undefined;
    link?.close();
    this.link = "closed";
  }
}
