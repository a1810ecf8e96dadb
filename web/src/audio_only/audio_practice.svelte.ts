// A practice without a camera: plays the server's script; at the end the person reports the counts.
import type { FromServer, Hello, ScriptItem, Summary } from "../protocol/messages";
import { FIRST_EXERCISE } from "../exercise/installed";
import { hasBeat } from "../exercise/teaching";
import { FALLBACK_PRAISE } from "../exercise/exercise";
import { ReconnectingConnection, type ConnectionState } from "../practice/reconnecting_connection";
import { type ScreenLock, keepScreenOn } from "../practice/wake_lock";
import type { RecordTarget, Plan } from "../records/records_client";
import type { SettingsValues } from "../profile/settings.svelte";
import { NO_ANSWER } from "../service/no_answer";
import type { Service } from "../service/service";
import type { Sounds } from "../sound/sounds";
import { phrase } from "../sound/phrases";
import { ScriptPlayer } from "./script_player";

/** paused: comfort is asked; reporting: the counts are asked. */
export type AudioPhase =
  "idle" | "starting" | "playing" | "paused" | "reporting" | "finishing" | "finished";

const SUMMARY_TIMEOUT_MS = 10_000;

export class AudioPractice {
  phase = $state<AudioPhase>("idle");
  connection = $state<ConnectionState>("closed");
  left = $state(0);
  right = $state(0);
  cue = $state("");
  error = $state("");
  plan = $state<Plan>({ exercise: FIRST_EXERCISE, level: 0, repetitions: 1 });
  summary = $state.raw<Summary | undefined>();
  /** The practice's id in the records; null: it is not recorded. */
  recordId = $state<number | null>(null);

  readonly #service: Service;
  readonly #sounds: Sounds;
  readonly #settings: () => SettingsValues;
  #connection: ReconnectingConnection | undefined;
  #player: ScriptPlayer | undefined;
  #screenLock: ScreenLock | undefined;
  #recordTarget: RecordTarget | undefined;
  #attempt = 0;
  #discomfort = false;

  constructor(service: Service, sounds: Sounds, settings: () => SettingsValues) {
    this.#service = service;
    this.#sounds = sounds;
    this.#settings = settings;
  }

  get playing(): boolean {
    return this.phase === "starting" || this.phase === "playing" || this.phase === "paused";
  }

  start(plan: Plan, recordTarget?: RecordTarget): void {
    Object.assign(this, {
      left: 0,
      right: 0,
      cue: "",
      error: "",
      summary: undefined,
      recordId: null,
    });
    this.#recordTarget = recordTarget;
    this.plan = { ...plan };
    this.phase = "starting";
    this.#attempt++;
    this.#player = undefined;
    this.#discomfort = false;
    this.#screenLock = keepScreenOn();
    void this.#sounds.prepare();
    this.#connection = new ReconnectingConnection(this.#service, {
      hello: () => this.#hello(),
      message: (message) => this.#handle(message),
      state: (state) => (this.connection = state),
      gaveUp: () => this.#gaveUp(),
    });
    this.#connection.open();
  }

  stop(): void {
    if (this.phase === "starting") return this.#end();
    if (this.phase !== "playing") return;
    this.#player?.pause();
    this.#sounds.silence();
    this.phase = "paused";
    const say = phrase("stopped_here");
    this.cue = say.text;
    this.#sounds.say(say);
  }

  resume(): void {
    if (this.phase !== "paused") return;
    this.phase = "playing";
    this.#beat();
    this.#player?.play();
  }

  finish(): void {
    if (this.phase === "paused") this.phase = "reporting";
  }

  discomfort(): void {
    if (this.phase !== "paused") return;
    this.#discomfort = true;
    this.#connection?.send({ type: "comfort", answer: "discomfort" });
    this.phase = "reporting";
  }

  /** Takes the counts that the person reports. */
  report(left: number, right: number): void {
    if (this.phase !== "reporting") return;
    this.left = left;
    this.right = right;
    this.phase = "finishing";
    const finishLocally = () => this.#summarise(this.#localSummary());
    if (this.connection !== "connected") return finishLocally();
    this.#connection?.send({ type: "self_reported", left, right });
    const attempt = this.#attempt;
    setTimeout(() => {
      if (attempt === this.#attempt && this.phase === "finishing") finishLocally();
    }, SUMMARY_TIMEOUT_MS);
  }

  /** The person has opened another page. */
  leave(): void {
    if (this.phase !== "idle" && this.phase !== "finished") this.#end();
  }

  #hello(): Hello {
    return {
      type: "hello",
      exercise: this.plan.exercise,
      level: this.plan.level,
      repetitions: this.plan.repetitions,
      guided: true,
      camera: false,
      breath: this.#settings().breath,
      ...this.#recordTarget,
      ...(this.#recordTarget && this.recordId !== null ? { resume: this.recordId } : {}),
    };
  }

  #handle(message: FromServer): void {
    switch (message.type) {
      case "ready":
        this.recordId = message.practice ?? this.recordId;
        break;
      case "script":
        // After a lost connection the current script continues.
        if (this.#player) break;
        this.phase = "playing";
        this.#player = new ScriptPlayer(
          message.items,
          (item) => this.#play(item),
          () => this.#scriptEnded(),
        );
        this.#beat();
        this.#player.play();
        break;
      case "summary":
        this.#summarise(this.#discomfort ? { ...message, ended_by: "discomfort" } : message);
        break;
      case "failure":
        if (this.#player) break;
        this.error = message.message;
        this.#end();
        break;
    }
  }

  #play(item: ScriptItem): void {
    this.left = item.left;
    this.right = item.right;
    if (item.sound !== "none") this.#sounds.play(item.sound);
    if (item.say.text === "") return;
    this.cue = item.say.text;
    this.#sounds.say(item.say);
  }

  #scriptEnded(): void {
    this.#sounds.stopBeat();
    this.phase = "reporting";
  }

  #beat(): void {
    if (hasBeat(this.plan)) this.#sounds.startBeat();
  }

  #gaveUp(): void {
    if (this.phase !== "starting") return;
    this.error = NO_ANSWER;
    this.#end();
  }

  #localSummary(): Summary {
    return {
      type: "summary",
      frames: 0,
      ended_by: this.#discomfort ? "discomfort" : "person",
      self_reported: true,
      praise: [FALLBACK_PRAISE],
      advice: [],
      repetitions: [],
      curve: { times_s: [], left: [], right: [] },
    };
  }

  #summarise(summary: Summary): void {
    this.summary = { ...summary, practice: summary.practice ?? this.recordId };
    this.#end();
  }

  #end(): void {
    this.phase = "finished";
    this.#player?.pause();
    this.#sounds.stopBeat();
    this.#screenLock?.end();
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close();
    this.connection = "closed";
  }
}
