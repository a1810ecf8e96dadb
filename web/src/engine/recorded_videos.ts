// The page's side of analysing recorded videos in the Worker.
import { AnalysisFailed, type VideoAnalysis } from "../service/analysis";
import type { FromWorker, ToWorker } from "./worker_messages";

interface Request {
  file: File;
  level: number;
  progress: (share: number) => void;
  stop: AbortSignal;
}

interface Waiting {
  progress: (share: number) => void;
  resolve: (analysis: VideoAnalysis) => void;
  reject: (failure: Error) => void;
}

type Answer = FromWorker & { kind: "progress" | "analysed" | "not_analysed" };

export class RecordedVideos {
  readonly #post: (message: ToWorker) => void;
  readonly #waiting = new Map<number, Waiting>();

  constructor(post: (message: ToWorker) => void) {
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
      this.#waiting.set(id, { progress, resolve, reject });
      this.#post({ kind: "analyse", id, file, level });
      stop.addEventListener("abort", () => {
        if (!this.#waiting.delete(id)) return;
        this.#post({ kind: "stop", id });
        reject(new AnalysisFailed("The analysis was stopped."));
      });
    });
  }

  handle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (answer.kind === "progress") return waiting?.progress(answer.share);
    this.#waiting.delete(answer.id);
    if (answer.kind === "not_analysed") waiting?.reject(new AnalysisFailed(answer.message));
    else waiting?.resolve(JSON.parse(answer.parts.join("")) as VideoAnalysis);
  }

  /** Nothing is answered any more. */
  fail(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new AnalysisFailed(why));
    this.#waiting.clear();
  }
}
