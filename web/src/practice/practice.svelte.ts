// One practice in front of the camera, as the page sees it: counts, cues, stage and connection.
import { FIRST_EXERCISE } from "../exercise/installed";
import { hasBeat } from "../exercise/teaching";
import type {
  Exercise,
  ExerciseDone,
  FromServer,
  Hello,
  KickSeen,
  Movement,
  Repetition,
  Stage,
  Summary,
} from "../protocol/messages";
import type { RecordTarget, Plan } from "../records/records_client";
import type { SettingsValues } from "../profile/settings.svelte";
import type { Hearing } from "../hearing/hearing.svelte";
import { NO_ANSWER } from "../service/no_answer";
import type { Service } from "../service/service";
import type { Sounds } from "../sound/sounds";
import { type PhraseId, phrase } from "../sound/phrases";
import { StalePrompts } from "./stale_prompts";
import { AnswerByEar } from "./answer_by_ear";
import { cameraAdvice } from "./camera";
import type { Facing } from "./facing";
import { PracticeCamera } from "./practice_camera.svelte";
import { type DoneExercise, doneExercise, type ExerciseCounts, NOTHING } from "./done_exercise";
import { practiceHello } from "./practice_hello";
import { PracticeLog } from "./practice_log";
import { ReconnectingConnection, type ConnectionState } from "./reconnecting_connection";
import { FrameSender } from "./frame_sender";
import { type ScreenLock, keepScreenOn } from "./wake_lock";

/** paused: the person has stopped, and comfort is asked. */
export type Phase = "idle" | "starting" | "practising" | "paused" | "finishing" | "finished";

const SUMMARY_TIMEOUT_MS = 10_000;

const isOneSide = (side: Movement["side"]) => side === "left" || side === "right";

export class Practice {
  phase = $state<Phase>("idle");
  connection = $state<ConnectionState>("closed");
  stage = $state<Stage["stage"]>("placing");
  movement = $state<Movement["phase"]>("rest");
  side = $state<Movement["side"]>("unsure");
  /** Kicks in the current movement. */
  currentKicks = $state(0);
  seen = $state(false);
  points = $state.raw<number[]>([]);
  left = $state(0);
  right = $state(0);
  unsure = $state(0);
  both = $state(0);
  kicks = $state(0);
  clean = $state(0);
  cue = $state("");
  warning = $state("");
  error = $state("");
  /** The share of the networks that has been downloaded, 0 to 1; undefined: the practice doesn't wait for them. */
  downloaded = $state<number | undefined>();
  plan = $state<Plan>({ exercise: FIRST_EXERCISE, level: 0, repetitions: 1 });
  /** The exercise being practised, once the server has said so. */
  exercise = $state.raw<Exercise | undefined>();
  /** Those before it in this practice. */
  done = $state.raw<readonly DoneExercise[]>([]);
  summary = $state.raw<Summary | undefined>();
  /** The practice's id in the records; null: it is not recorded. */
  recordId = $state<number | null>(null);

  /** A call stopped the practice, and the answer is awaited by ear. */
  askedByEar = $state(false);

  readonly #service: Service;
  readonly #sounds: Sounds;
  readonly #hearing: Hearing | undefined;
  readonly #byEar = new AnswerByEar({
    comfortable: () => this.resume(),
    discomfort: () => this.discomfort(),
  });
  readonly #settings: () => SettingsValues;
  #connection: ReconnectingConnection | undefined;
  #camera = $state.raw<PracticeCamera | undefined>();
  #frames: FrameSender | undefined;
  #log = new PracticeLog();
  #recordTarget: RecordTarget | undefined;
  #attempt = 0;
  /** When the exercise began, in the time of the frames. */
  #begin_s = 0;
  #lastSide: Movement["side"] = "unsure";
  #screenLock: ScreenLock | undefined;
  readonly #stalePrompts = new StalePrompts();

  constructor(service: Service, sounds: Sounds, settings: () => SettingsValues, hearing?: Hearing) {
    this.#service = service;
    this.#sounds = sounds;
    this.#settings = settings;
    this.#hearing = hearing;
  }

  get #counts(): ExerciseCounts {
    const { left, right, unsure, both, kicks, clean } = this;
    return { left, right, unsure, both, kicks, clean };
  }

  get #counted(): number {
    return this.left + this.right + this.unsure + this.both + this.done.length;
  }

  get cameraLost(): boolean {
    return this.#camera?.lost ?? false;
  }

  /** Of a phone's camera. */
  get facing(): Facing | undefined {
    return this.#camera?.facing;
  }

  /** Whether any key or click stops. */
  get running(): boolean {
    return this.phase === "starting" || this.phase === "practising";
  }

  async start(plan: Plan, video: HTMLVideoElement, recordTarget?: RecordTarget): Promise<void> {
    this.#reset();
    this.plan = { ...plan };
    this.#recordTarget = recordTarget;
    this.phase = "starting";
    const attempt = ++this.#attempt;
    const voice = this.#sounds.prepare();
    const camera = new PracticeCamera(this.#service, this.#settings, video, {
      changed: (camera) => this.#cameraChanged(camera),
      lost: () => this.#cameraGone(),
    });
    this.#camera = camera;
    try {
      await camera.open();
    } catch (failure) {
      if (attempt === this.#attempt && this.running) this.#end(cameraAdvice(failure));
      return;
    }
    await voice;
    if (attempt !== this.#attempt || !this.running) return;
    this.#screenLock = keepScreenOn();
    this.#listen();
    const connection = new ReconnectingConnection(this.#service, {
      hello: () => this.#hello(),
      message: (message) => this.#handle(message),
      loading: (share) => (this.downloaded = share),
      state: (state) => this.#connectionChanged(state),
      gaveUp: () => this.#connectionGaveUp(),
    });
    this.#connection = connection;
    this.#frames = new FrameSender(
      connection,
      this.#service.framesAhead,
      () => this.phase === "practising",
    );
    this.#frames.camera = camera.camera;
    connection.open();
  }

  /** Silences everything and asks about comfort. */
  stop(): void {
    if (this.phase === "starting") return this.#end("");
    if (this.phase !== "practising") return;
    this.#sounds.silence();
    if (this.stage === "easing_out") {
      // The set is complete; only the rest after it is cut short.
      this.#finish("goal", () => this.#connection?.send({ type: "stop" }));
      return;
    }
    this.phase = "paused";
    if (this.connection === "connected") this.#connection?.send({ type: "pause" });
    else this.#announce("stopped_here");
  }

  /** The person uses the page: silence is no answer any more. */
  awaitHands(): void {
    this.#byEar.cancel();
    this.askedByEar = false;
  }

  /** The person is comfortable and continues. */
  resume(): void {
    if (this.phase !== "paused") return;
    this.awaitHands();
    this.#connection?.send({ type: "comfort", answer: "comfortable" });
    this.#connection?.send({ type: "resume" });
    if (this.connection === "connected") this.#stalePrompts.resumed();
    this.phase = "practising";
    this.cue = "";
    if (this.#camera?.lost) void this.#reopenAfterPause(this.#camera);
    else this.#frames?.start();
  }

  /** The person is comfortable and has done enough. */
  finish(): void {
    if (this.phase !== "paused") return;
    this.#finish("person", () => {
      this.#connection?.send({ type: "comfort", answer: "comfortable" });
      this.#connection?.send({ type: "stop" });
    });
  }

  discomfort(): void {
    if (this.phase !== "paused") return;
    this.#finish("discomfort", () =>
      this.#connection?.send({ type: "comfort", answer: "discomfort" }),
    );
  }

  /** Reopens a lost camera and continues. */
  async reopenCamera(): Promise<void> {
    this.error = (await this.#camera?.reopen()) ?? "";
  }

  /** Uses the phone's other camera, now and later. */
  async turnCamera(): Promise<void> {
    this.error = (await this.#camera?.turn()) ?? "";
  }

  /**
   * Opens the lost camera if it is back, because the person is lying on the mat.
   * @param cameras deviceIds of the cameras there now
   */
  async cameraReturned(cameras: readonly string[]): Promise<void> {
    if (!this.cameraLost || this.phase !== "practising") return;
    if (await this.#camera?.returned(cameras)) this.#announce("camera_back");
  }

  async #reopenAfterPause(camera: PracticeCamera): Promise<void> {
    if ((await camera.reopen(camera.lostDevice)) !== "") this.#announce("camera_gone");
  }

  #cameraChanged(camera: FrameSender["camera"]): void {
    if (!this.#frames) return;
    this.#frames.camera = camera;
    if (!camera) {
      this.#frames.reset();
      Object.assign(this, { seen: false, points: [] });
      return;
    }
    this.error = "";
    this.#connection?.send({ type: "camera_back" });
    this.#frames.start();
  }

  #cameraGone(): void {
    this.#sounds.stopBeat();
    this.#announce("camera_gone");
  }

  /** The person has opened another page. */
  leave(): void {
    if (this.phase === "idle" || this.phase === "finished") return;
    this.#sounds.silence();
    this.#connection?.send({ type: "stop" });
    if (this.#counted > 0) this.#summarise(this.#log.localSummary("person"));
    else this.#end("");
  }

  #listen(): void {
    const output = this.#sounds.output;
    if (this.#hearing) this.#hearing.failure = "";
    if (!this.#hearing || !output || !this.#settings().stop_on_call) return;
    this.#sounds.ear = this.#hearing;
    void this.#hearing.start(output, {
      called: () => this.#called(),
      lost: () => this.#announce("hearing_lost"),
    });
  }

  /** A call stops, or answers the question that the last one led to. */
  #called(): void {
    if (this.phase === "paused") return this.#byEar.called();
    if (!this.running) return;
    this.stop();
    // A stop while the set ends, or before it starts, asks nothing.
    // Without a voice the question would not be heard: hands answer it.
    if ((this.phase as Phase) !== "paused" || !this.#settings().voice) return;
    this.#byEar.ask();
    this.askedByEar = true;
    this.#announce("hurt_call_again");
  }

  #hello(): Hello {
    return practiceHello(this.plan, this.#settings(), {
      target: this.#recordTarget,
      practice: this.recordId,
      carried: this.#connection?.state === "lost" ? this.#counts : undefined,
    });
  }

  #handle(message: FromServer): void {
    switch (message.type) {
      case "ready":
        this.recordId = message.practice ?? this.recordId;
        this.downloaded = undefined;
        if (this.phase === "starting") this.phase = "practising";
        if (this.phase === "paused") this.#connection?.send({ type: "pause" });
        this.#frames?.continueFrom(message.begin_s);
        this.#frames?.start();
        break;
      case "frame_done": {
        const time_s = this.#frames?.acknowledged(message.index);
        if (time_s !== undefined) this.#log.frame(time_s - this.#begin_s, message);
        if (!message.dropped) this.seen = message.person;
        if (!message.dropped) this.points = message.points;
        break;
      }
      case "exercise":
        this.#exerciseBegins(message);
        break;
      case "exercise_done":
        this.#exerciseDone(message);
        break;
      case "stage":
        this.#stageChanged(message.stage);
        break;
      case "movement":
        this.#movementChanged(message);
        break;
      case "kick":
        this.#kickSeen(message);
        break;
      case "repetition":
        this.#repetitionEnded(message);
        break;
      case "counts":
        this.left = message.left;
        this.right = message.right;
        this.unsure = message.unsure;
        this.both = message.both;
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
        if (this.askedByEar && message.id === "stopped") break; // Asked by ear already.
        this.cue = message.text;
        this.#sounds.say(message);
        break;
      case "unsaid":
        break;
      case "comfort_asked":
        if (message.must_answer && this.phase === "practising" && !this.#stalePrompts.stale)
          this.phase = "paused";
        break;
      case "summary":
        this.#summarise(this.#log.mergedSummary(message));
        break;
      case "failure":
        this.#serverFailed(message.message);
        break;
    }
  }

  #exerciseBegins(exercise: Exercise): void {
    this.exercise = exercise;
    this.#begin_s = exercise.begin_s;
    if (exercise.number === 1) return;
    const { id, level, repetitions } = exercise;
    const then = (this.plan.then ?? []).slice(1);
    this.plan = { exercise: id, level, repetitions, then };
    this.recordId = exercise.practice;
    this.#log = new PracticeLog();
    Object.assign(this, NOTHING, { currentKicks: 0, cue: "", warning: "" });
    this.#lastSide = "unsure";
  }

  #exerciseDone({ summary }: ExerciseDone): void {
    if (!this.exercise) return;
    const merged = this.#log.mergedSummary(summary);
    const kept = { ...merged, practice: merged.practice ?? this.recordId };
    this.done = [...this.done, doneExercise(this.exercise, this.#counts, kept)];
  }

  #stageChanged(stage: Stage["stage"]): void {
    this.stage = stage;
    this.#stalePrompts.stageChanged(stage);
    if (stage === "practising" && hasBeat(this.plan)) this.#sounds.startBeat();
    else this.#sounds.stopBeat();
  }

  #movementChanged(movement: Movement): void {
    this.movement = movement.phase;
    this.side = movement.side;
    if (movement.phase === "bending" || movement.phase === "rest") this.currentKicks = 0;
    if (movement.phase !== "bending" || !isOneSide(movement.side)) return;
    if (this.#lastSide !== "unsure" && this.#lastSide !== movement.side)
      this.#sounds.play("side_change");
    this.#lastSide = movement.side;
  }

  #kickSeen(kick: KickSeen): void {
    this.currentKicks = kick.number;
    this.side = kick.side;
    this.#sounds.play("kick");
  }

  #repetitionEnded(repetition: Repetition): void {
    this.#log.repetition(repetition);
    this.#sounds.play("repetition");
    if (!this.#settings().guided) this.cue = repetition.cue;
  }

  #connectionChanged(state: ConnectionState): void {
    const before = this.connection;
    this.connection = state;
    if (state === "lost" && before !== "lost") {
      this.#log.connectionLost();
      this.#frames?.reset();
      this.#stalePrompts.reset();
      if (this.phase === "finishing") return this.#summarise(this.#log.localSummary("person"));
      this.#announce("connection_lost");
    }
    if (state === "connected" && before === "lost") this.#announce("connection_back");
  }

  #connectionGaveUp(): void {
    if (this.phase === "starting") return this.#end(NO_ANSWER);
    this.#announce("connection_gone");
    this.#summarise(this.#log.localSummary("person"));
  }

  /** The server has ended the practice. Counts, if any, go into a local summary. */
  #serverFailed(message: string): void {
    this.error = message;
    if (this.#counted > 0) this.#summarise(this.#log.localSummary("person"));
    else this.#end(message);
  }

  #finish(endedBy: Summary["ended_by"], send: () => void): void {
    this.phase = "finishing";
    this.awaitHands();
    this.#sounds.silence();
    if (this.connection !== "connected") return this.#summarise(this.#log.localSummary(endedBy));
    send();
    const attempt = this.#attempt;
    setTimeout(() => {
      if (attempt === this.#attempt && this.phase === "finishing")
        this.#summarise(this.#log.localSummary(endedBy));
    }, SUMMARY_TIMEOUT_MS);
  }

  #announce(id: PhraseId, urgent = true): void {
    // A question by ear that is talked over has not been heard: silence is no answer.
    if (id !== "hurt_call_again") this.awaitHands();
    const say = phrase(id, urgent);
    const time_s = Math.max(0, this.#frames?.now_s() ?? 0);
    this.#connection?.send({ type: "page_says", id, text: say.text, time_s });
    this.cue = say.text;
    this.#sounds.say(say);
  }

  #summarise(summary: Summary): void {
    this.summary = { ...summary, practice: summary.practice ?? this.recordId };
    this.#end(this.error);
  }

  #reset(): void {
    this.#log = new PracticeLog();
    this.#stalePrompts.reset();
    this.#lastSide = "unsure";
    this.#begin_s = 0;
    Object.assign(this, NOTHING, { currentKicks: 0, cue: "", warning: "" });
    Object.assign(this, { exercise: undefined, done: [] });
    Object.assign(this, {
      error: "",
      summary: undefined,
      stage: "placing",
      movement: "rest",
      side: "unsure",
    });
    Object.assign(this, { seen: false, points: [], recordId: null });
  }

  #end(error: string): void {
    this.error = error;
    this.phase = "finished";
    this.downloaded = undefined;
    this.awaitHands();
    this.#hearing?.stop();
    this.#sounds.ear = undefined;
    this.#sounds.stopBeat();
    this.#screenLock?.end();
    this.#frames = undefined;
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close();
    this.connection = "closed";
    this.#camera?.close();
  }
}
