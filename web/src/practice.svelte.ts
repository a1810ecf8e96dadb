// One practice as the page sees it: what was counted, what to say, and where things stand.
import { Camera, cameraAdvice } from "./camera";
import { Connection } from "./connection";
import type { FromServer, Summary } from "./messages";
import { say } from "./voice";

export type Phase = "idle" | "starting" | "practising" | "finishing" | "finished";
export type Link = "closed" | "connecting" | "connected" | "lost";

export class Practice {
  phase = $state<Phase>("idle");
  link = $state<Link>("closed");
  seen = $state(false);
  left = $state(0);
  right = $state(0);
  unsure = $state(0);
  kicks = $state(0);
  cue = $state("");
  trouble = $state("");
  summary = $state<Summary | undefined>();

  #connection: Connection | undefined;
  #camera: Camera | undefined;
  #frames = 0;
  #attempts = 0;

  get running(): boolean {
    return this.phase === "starting" || this.phase === "practising";
  }

  async start(level: number, video: HTMLVideoElement): Promise<void> {
    Object.assign(this, { left: 0, right: 0, unsure: 0, kicks: 0, cue: "", trouble: "", summary: undefined });
    this.phase = "starting";
    this.seen = false;
    this.#frames = 0;
    const attempt = ++this.#attempts;
    const current = () => attempt === this.#attempts && this.running;
    let camera: Camera;
    try {
      camera = await Camera.open(video);
    } catch (failure) {
      return current() ? this.#end(cameraAdvice(failure)) : undefined;
    }
    if (!current()) return camera.close();
    this.#camera = camera;
    camera.onGone(() => {
      this.trouble = "The camera is gone. What was counted stays.";
      this.stop();
    });
    this.link = "connecting";
    const connection: Connection = new Connection(level, {
      message: (message) => this.#connection === connection && this.#take(message),
      closed: () => this.#connection === connection && this.#lost(),
    });
    this.#connection = connection;
  }

  /** Ends the practice from any point. */
  stop(): void {
    if (this.phase === "starting") return this.#end("");
    if (this.phase !== "practising") return;
    this.phase = "finishing";
    this.#connection?.send({ type: "stop" });
  }

  #take(message: FromServer): void {
    switch (message.type) {
      case "ready":
        this.link = "connected";
        this.phase = "practising";
        this.#tell("Lie down. I am watching.");
        void this.#sendNext();
        break;
      case "frame_done":
        this.seen = message.person;
        void this.#sendNext();
        break;
      case "counts":
        this.left = message.left;
        this.right = message.right;
        this.unsure = message.unsure;
        this.kicks = message.kicks;
        break;
      case "repetition":
        this.#tell(message.cue === "" ? String(message.index) : message.cue);
        break;
      case "set_fault":
        this.#tell(message.cue);
        break;
      case "warning":
        this.#tell(message.message);
        break;
      case "summary":
        this.summary = message;
        this.#tell(message.praise);
        this.#end("");
        break;
      case "failure":
        this.#end(message.message);
        break;
    }
  }

  #tell(text: string): void {
    this.cue = text;
    say(text);
  }

  async #sendNext(): Promise<void> {
    if (this.phase !== "practising") return;
    const picture = await this.#camera?.next();
    if (!picture || this.phase !== "practising") return;
    this.#connection?.sendFrame(this.#frames++, picture.time_s, picture.jpeg);
  }

  #lost(): void {
    this.#end("The connection to Matside was lost. What was counted stays here. Is it still running?");
    this.link = "lost";
  }

  #end(trouble: string): void {
    if (trouble !== "") this.trouble = trouble;
    this.phase = "finished";
    this.link = "closed";
    this.#connection?.close();
    this.#camera?.close();
    this.#connection = undefined;
    this.#camera = undefined;
  }
}
