// One practice in front of the camera as the page sees it: what was counted, what is said, where things stand.
import type { FromServer, Hello, KickSeen, Movement, Repetition, Stage, Summary } from "../protocol/messages";
import type { Filing, Plan } from "../records/records_service";
import type { Values } from "../profile/settings.svelte";
import type { Sounds } from "../sound/sounds";
import { type OwnWord, ownSay } from "../sound/phrases";
import { AskedBefore } from "./stale_prompts";
import { Camera, cameraAdvice } from "./camera";
import { History } from "./practice_log";
import { Link, type LinkState } from "./reconnecting_connection";
import { Pump } from "./frame_sender";
import { type Awake, stayAwake } from "./wake_lock";

/** asking: the person has stopped, and is asked how it feels. */
export type Phase = "idle" | "starting" | "practising" | "asking" | "finishing" | "finished";

const SUMMARY_PATIENCE_MS = 10_000;

export class Practice {
  phase = $state<Phase>("idle");
  link = $state<LinkState>("closed");
  stage = $state<Stage["stage"]>("placing");
  movement = $state<Movement["phase"]>("rest");
  side = $state<Movement["side"]>("unsure");
  /** Seen in the movement that is under way. */
  kicksNow = $state(0);
  seen = $state(false);
  points = $state.raw<number[]>([]);
  left = $state(0);
  right = $state(0);
  unsure = $state(0);
  kicks = $state(0);
  clean = $state(0);
  cue = $state("");
  warning = $state("");
  trouble = $state("");
  cameraGone = $state(false);
  plan = $state<Plan>({ level: 0, repetitions: 1 });
  summary = $state.raw<Summary | undefined>();
  /** As it is recorded; null: it is not. */
  recorded = $state<number | null>(null);

  readonly #sounds: Sounds;
  readonly #settings: () => Values;
  #link: Link | undefined;
  #camera: Camera | undefined;
  #pump: Pump | undefined;
  #video: HTMLVideoElement | undefined;
  #history = new History();
  #filing: Filing | undefined;
  #attempt = 0;
  #lastSide: Movement["side"] = "unsure";
  #awake: Awake | undefined;
  readonly #askedBefore = new AskedBefore();

  constructor(sounds: Sounds, settings: () => Values) {
    this.#sounds = sounds;
    this.#settings = settings;
  }

  /** Whether any key or click stops. */
  get running(): boolean {
    return this.phase === "starting" || this.phase === "practising";
  }

  async start(plan: Plan, video: HTMLVideoElement, filing?: Filing): Promise<void> {
    this.#clear();
    this.plan = { ...plan };
    this.#filing = filing;
    this.phase = "starting";
    this.#video = video;
    const attempt = ++this.#attempt;
    try {
      await this.#openCamera();
    } catch (failure) {
      if (attempt === this.#attempt && this.running) this.#end(cameraAdvice(failure));
      return;
    }
    if (attempt !== this.#attempt || !this.running) return;
    this.#awake = stayAwake();
    const link = new Link({
      hello: () => this.#hello(),
      message: (message) => this.#take(message),
      state: (state) => this.#linkChanged(state),
      gone: () => this.#linkGone(),
    });
    this.#link = link;
    this.#pump = new Pump(link, () => this.phase === "practising");
    this.#pump.camera = this.#camera;
    link.open();
  }

  /** Everything falls silent, and comfort is asked. */
  stop(): void {
    if (this.phase === "starting") return this.#end("");
    if (this.phase !== "practising") return;
    this.#sounds.silence();
    if (this.stage === "easing_out") {
      // The set is done: nothing is left to stop but the rest after it.
      this.#finish("goal", () => this.#link?.send({ type: "stop" }));
      return;
    }
    this.phase = "asking";
    if (this.link === "connected") this.#link?.send({ type: "pause" });
    else this.#tell("stopped_here");
  }

  /** The person is well and goes on. */
  goOn(): void {
    if (this.phase !== "asking") return;
    this.#link?.send({ type: "comfort", answer: "comfortable" });
    this.#link?.send({ type: "resume" });
    if (this.link === "connected") this.#askedBefore.goOn();
    this.phase = "practising";
    this.cue = "";
    if (this.cameraGone) void this.reopenCamera();
    else this.#pump?.start();
  }

  /** The person is well and has done enough. */
  finish(): void {
    if (this.phase !== "asking") return;
    this.#finish("person", () => {
      this.#link?.send({ type: "comfort", answer: "comfortable" });
      this.#link?.send({ type: "stop" });
    });
  }

  discomfort(): void {
    if (this.phase !== "asking") return;
    this.#finish("discomfort", () => this.#link?.send({ type: "comfort", answer: "discomfort" }));
  }

  /** Goes on with the camera that was gone. */
  async reopenCamera(): Promise<void> {
    const attempt = this.#attempt;
    try {
      await this.#openCamera();
    } catch (failure) {
      this.trouble = cameraAdvice(failure);
      return;
    }
    if (attempt !== this.#attempt || !this.#pump) return;
    this.cameraGone = false;
    this.trouble = "";
    this.#pump.camera = this.#camera;
    this.#pump.start();
  }

  /** A camera has come, or was there all along. */
  cameraIsBack(): void {
    if (this.cameraGone && this.phase === "practising") this.#tell("camera_back", false);
  }

  /** The person has gone to another page. */
  leave(): void {
    if (this.phase === "idle" || this.phase === "finished") return;
    this.#sounds.silence();
    this.#link?.send({ type: "stop" });
    if (this.left + this.right + this.unsure > 0) this.#summarise(this.#history.alone("person"));
    else this.#end("");
  }

  async #openCamera(): Promise<void> {
    if (!this.#video) return;
    const attempt = this.#attempt;
    const camera = await Camera.open(this.#video, this.#settings().camera);
    if (attempt !== this.#attempt || this.phase === "finished") return camera.close();
    this.#camera = camera;
    camera.onGone(() => {
      if (this.#camera !== camera || this.phase === "finished") return;
      this.#camera = undefined;
      camera.close();
      if (this.#pump) this.#pump.camera = undefined;
      this.#pump?.forget();
      this.cameraGone = true;
      this.seen = false;
      this.points = [];
      this.#sounds.stopBeat();
      this.#tell("camera_gone");
    });
  }

  #hello(): Hello {
    const { left, right, unsure, kicks, clean } = this;
    return {
      type: "hello",
      level: this.plan.level,
      repetitions: this.plan.repetitions,
      guided: this.#settings().guided,
      camera: true,
      breath: this.#settings().breath,
      ...this.#filing,
      ...(this.#filing && this.recorded !== null ? { resume: this.recorded } : {}),
      ...(this.#link?.state === "lost" ? { carried: { left, right, unsure, kicks, clean } } : {}),
    };
  }

  #take(message: FromServer): void {
    switch (message.type) {
      case "ready":
        this.recorded = message.practice ?? this.recorded;
        if (this.phase === "starting") this.phase = "practising";
        if (this.phase === "asking") this.#link?.send({ type: "pause" });
        this.#pump?.start();
        break;
      case "frame_done": {
        const time_s = this.#pump?.answered();
        if (time_s !== undefined) this.#history.frame(time_s, message);
        if (!message.dropped) this.seen = message.person;
        if (!message.dropped) this.points = message.points;
        break;
      }
      case "stage":
        this.#staged(message.stage);
        break;
      case "movement":
        this.#moved(message);
        break;
      case "kick":
        this.#kicked(message);
        break;
      case "repetition":
        this.#repeated(message);
        break;
      case "counts":
        this.left = message.left;
        this.right = message.right;
        this.unsure = message.unsure;
        this.kicks = message.kicks;
        this.clean = message.clean;
        break;
      case "set_fault":
        if (!this.#settings().guided) this.cue = message.cue;
        break;
      case "warning":
        this.warning = message.message;
        break;
      case "say":
        this.cue = message.text;
        this.#sounds.say(message);
        break;
      case "comfort_asked":
        if (message.must_answer && this.phase === "practising" && !this.#askedBefore.answered) this.phase = "asking";
        break;
      case "summary":
        this.#summarise(this.#history.completed(message));
        break;
      case "failure":
        this.#failed(message.message);
        break;
    }
  }

  #staged(stage: Stage["stage"]): void {
    this.stage = stage;
    this.#askedBefore.staged(stage);
    if (stage === "practising" && this.plan.level > 0) this.#sounds.startBeat();
    else this.#sounds.stopBeat();
  }

  #moved(movement: Movement): void {
    this.movement = movement.phase;
    this.side = movement.side;
    if (movement.phase === "bending" || movement.phase === "rest") this.kicksNow = 0;
    if (movement.phase !== "bending" || movement.side === "unsure") return;
    if (this.#lastSide !== "unsure" && this.#lastSide !== movement.side) this.#sounds.play("side_change");
    this.#lastSide = movement.side;
  }

  #kicked(kick: KickSeen): void {
    this.kicksNow = kick.number;
    this.side = kick.side;
    this.#sounds.play("kick");
  }

  #repeated(repetition: Repetition): void {
    this.#history.repetition(repetition);
    this.#sounds.play("repetition");
    if (!this.#settings().guided) this.cue = repetition.cue;
  }

  #linkChanged(state: LinkState): void {
    const before = this.link;
    this.link = state;
    if (state === "lost" && before !== "lost") {
      this.#history.connectionLost();
      this.#pump?.forget();
      this.#askedBefore.forget();
      if (this.phase === "finishing") return this.#summarise(this.#history.alone("person"));
      this.#tell("connection_lost");
    }
    if (state === "connected" && before === "lost") this.#tell("connection_back");
  }

  #linkGone(): void {
    if (this.phase === "starting") return this.#end("Matside does not answer. Is it still running?");
    this.#tell("connection_gone");
    this.#summarise(this.#history.alone("person"));
  }

  /** The server ends it: what was counted is kept where there is something. */
  #failed(message: string): void {
    const counted = this.left + this.right + this.unsure;
    this.trouble = message;
    if (counted > 0) this.#summarise(this.#history.alone("person"));
    else this.#end(message);
  }

  #finish(endedBy: Summary["ended_by"], send: () => void): void {
    this.phase = "finishing";
    this.#sounds.silence();
    if (this.link !== "connected") return this.#summarise(this.#history.alone(endedBy));
    send();
    const attempt = this.#attempt;
    setTimeout(() => {
      if (attempt === this.#attempt && this.phase === "finishing") this.#summarise(this.#history.alone(endedBy));
    }, SUMMARY_PATIENCE_MS);
  }

  #tell(id: OwnWord, urgent = true): void {
    const say = ownSay(id, urgent);
    this.cue = say.text;
    this.#sounds.say(say);
  }

  #summarise(summary: Summary): void {
    this.summary = { ...summary, practice: summary.practice ?? this.recorded };
    this.#end(this.trouble);
  }

  #clear(): void {
    this.#history = new History();
    this.#askedBefore.forget();
    this.#lastSide = "unsure";
    Object.assign(this, { left: 0, right: 0, unsure: 0, kicks: 0, clean: 0, kicksNow: 0, cue: "", warning: "" });
    Object.assign(this, { trouble: "", summary: undefined, stage: "placing", movement: "rest", side: "unsure" });
    Object.assign(this, { seen: false, points: [], cameraGone: false, recorded: null });
  }

  #end(trouble: string): void {
    this.trouble = trouble;
    this.phase = "finished";
    this.#sounds.stopBeat();
    this.#awake?.end();
    this.#pump = undefined;
    const link = this.#link;
    this.#link = undefined;
    link?.close();
    this.link = "closed";
    this.#camera?.close();
    this.#camera = undefined;
  }
}
