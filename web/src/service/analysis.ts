// Sends a recorded video to the server and reads the same results that `matside analyze` gives.
import type { PractisedExercise } from "../protocol/records";
import type { PoseFrame } from "./pose_frames";

export interface AnalysedRepetition {
  index: number;
  side: "left" | "right" | "unsure" | "both";
  status: "clean" | "faulty" | "partial" | "unjudged";
  start_s: number;
  end_s: number;
  /** Kicks, or the tops of another movement. */
  peaks: { time_s: number; leg?: "left" | "right" }[];
  faults: { id: string }[];
}

/** How many tops there were: of one leg, where both move. */
export function peakCount(peaks: AnalysedRepetition["peaks"]): number {
  const right = peaks.filter((peak) => peak.leg === "right").length;
  return Math.max(right, peaks.length - right);
}

/** The part of the result file, matside.analysis/1, that the page shows. */
export interface Analysis {
  source: {
    duration_s: number;
    /** When it was recorded, as the file says, in ISO 8601; null where it doesn't. */
    recorded: { time: string | null };
  };
  repetitions: AnalysedRepetition[];
  set_faults: { id: string; at_s: number }[];
  counts: {
    left: number;
    right: number;
    unsure: number;
    kicks: number;
    clean: number;
    /** Of both legs, or of none alone; absent where there are none. */
    both?: number;
  };
  warnings: { id: string; message: string }[];
}

export interface VideoAnalysis {
  result: Analysis;
  /** The exercise asked for, or the one that the video shows. */
  exercise: PractisedExercise;
  /** Names the recording for the server; null if it can't be kept as a practice. */
  recording: string | null;
  frames: PoseFrame[];
  /** Whether its pictures are those of the browser's player, with its colours; otherwise they are as stored. */
  asShown?: boolean;
}

type Line =
  | { type: "progress"; share: number }
  | ({ type: "analysis" } & VideoAnalysis)
  | { type: "failure"; message: string };

/** Calls `take` with each complete line of a stream of text. */
export async function eachLine(
  bytes: ReadableStream<Uint8Array>,
  take: (line: string) => void,
): Promise<void> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const lines = rest.split("\n");
    rest = done ? "" : (lines.pop() ?? "");
    for (const line of lines) if (line.trim() !== "") take(line);
    if (done) return;
  }
}

/** Why a file could not be analysed, in words for the person. */
export class AnalysisFailed extends Error {}

/** As Service.analyse. */
export async function analyse(
  file: File,
  level: number,
  progress: (share: number) => void,
  stop: AbortSignal,
): Promise<VideoAnalysis> {
  const answer = await fetch(`/analyze?level=${level}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream", "X-Matside": "page" },
    body: file,
    signal: stop,
  });
  if (!answer.body) throw new AnalysisFailed("Matside did not respond. Try again.");
  let found: VideoAnalysis | undefined;
  let failure = answer.ok ? "" : `Matside refused the file (status ${answer.status}).`;
  await eachLine(answer.body, (text) => {
    if (!text.startsWith("{")) return;
    const line = JSON.parse(text) as Line;
    if (line.type === "progress") progress(line.share);
    else if (line.type === "analysis") found = line;
    else failure = line.message.replace(/^recording: /, "It ").replace(/[^.]$/, "$&.");
  });
  if (found) return found;
  throw new AnalysisFailed(
    failure === ""
      ? "The connection was lost before the analysis was complete. Try again."
      : failure,
  );
}
