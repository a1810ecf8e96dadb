// The page's side of analysing recorded videos in the Worker.
import { ShownVideo } from "../recording/shown_video";
import { AnalysisFailed, type VideoAnalysis } from "../service/analysis";
import type { FromWorker, ToWorker } from "./worker_messages";

interface Request {
  file: File;
  level: number;
  progress: (share: number) => void;
  stop: AbortSignal;
}

interface Waiting {
  file: File;
  progress: (share: number) => void;
  resolve: (analysis: VideoAnalysis) => void;
  reject: (failure: Error) => void;
  /** If the Worker can't decode it. */
  shown?: ShownVideo;
}

type Answer = FromWorker & { kind: "progress" | "show" | "analysed" | "not_analysed" };

export class RecordedVideos {
  readonly #post: (message: ToWorker, transfer?: Transferable[]) => void;
  readonly #waiting = new Map<number, Waiting>();

  constructor(post: (message: ToWorker, transfer?: Transferable[]) => void) {
    this.#post = post;
  }

  /**
   * As Service.analyse.
   * @param broken why the Worker can do nothing any more, if it can't
   */
  analyse(id: number, request: Request, broken: string | undefined): Promise<VideoAnalysis> {
    if (broken !== undefined) return Promise.reject(new AnalysisFailed(broken));
    const { file, level, progress, stop } = request;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { file, progress, resolve, reject });
      this.#post({ kind: "analyse", id, file, level });
      stop.addEventListener("abort", () => {
        if (!this.#end(id)) return;
        this.#post({ kind: "stop", id });
        reject(new AnalysisFailed("The analysis was stopped."));
      });
    });
  }

  handle(answer: Answer): void {
    if (answer.kind === "show") return void this.#show(answer);
    if (answer.kind === "progress") return this.#waiting.get(answer.id)?.progress(answer.share);
    const waiting = this.#end(answer.id);
    if (answer.kind === "not_analysed") waiting?.reject(new AnalysisFailed(answer.message));
    else
      waiting?.resolve({
        ...(JSON.parse(answer.parts.join("")) as VideoAnalysis),
        ...(waiting.shown ? { asShown: true } : {}),
      });
  }

  /** Nothing is answered any more. */
  fail(why: string): void {
    for (const id of [...this.#waiting.keys()]) this.#end(id)?.reject(new AnalysisFailed(why));
  }

  /** @returns who waited for the analysis */
  #end(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.shown?.close();
    return waiting;
  }

  async #show({ id, picture_s, at_s }: Answer & { kind: "show" }): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    waiting.shown ??= new ShownVideo(waiting.file);
    const picture = await waiting.shown.at(picture_s, at_s).catch(() => undefined);
    this.#post({ kind: "shown", id, picture }, picture ? [picture.image] : []);
  }
}
