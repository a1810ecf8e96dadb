// Analyses a recorded video: decodes its pictures and hands them to Matside's program, one at a time, so that requests
// of the page are answered in between.
import { MOST_PICTURES, TOO_MANY_PICTURES } from "../recording/limits";
import type { Show } from "../recording/shown_pictures";
import type { VideoFile } from "../recording/video_file";
import { VideoDamaged, VideoFailed } from "../recording/video_failed";
import { messagesArrived } from "./messages_arrived";
import type { EngineModule } from "./module";
import { PicturesBegun } from "./pictures_begun";

/** What the page asked for. */
export interface RecordingRequest {
  file: File;
  /** Of the exercise. */
  level: number;
  /** Takes the share done, 0 to 1. */
  progress: (share: number) => void;
  /** Has the page show a picture, where the Worker can decode none. */
  show: Show;
  stop: AbortSignal;
}

/** What the analysis needs of the Worker. */
export interface Turns {
  /** Runs the step when the program has handled what came before. */
  inTurn: <T>(step: (engine: EngineModule) => T | Promise<T>) => Promise<T>;
  /** Loads the networks. */
  prepare: () => Promise<void>;
  /** How many pictures the networks look at together. */
  atOnce: () => number;
  /** When the networks have run that the last step began. */
  ran: () => Promise<void>;
}

const PIECE_BYTES = 2 ** 20;
const PROGRESS_STEP = 0.01;
/** A video that ends so long before the time that it states is cut off. */
const MOST_MISSING_S = 2;

/** The decoder and its formats are loaded for the first video. */
export const loadReader = () => import("../recording/video_file");

/** @returns whether the end of the video is missing */
async function addPictures(
  video: VideoFile,
  { progress, stop }: RecordingRequest,
  { inTurn, atOnce, ran }: Turns,
): Promise<boolean> {
  let pictures = 0;
  let reported = 0;
  let end_s = 0;
  const begun = new PicturesBegun(atOnce);
  try {
    for await (const picture of video.pictures()) {
      if (++pictures > MOST_PICTURES) throw new VideoFailed(TOO_MANY_PICTURES);
      await begun.room();
      const { timestamp_s } = picture;
      await inTurn((engine) => {
        const held = engine.hold(picture, video.colours);
        if (atOnce() > 1) engine.recordedPictureAhead(held, timestamp_s);
        begun.add(ran(), () => inTurn((engine) => engine.recordedPicture(held, timestamp_s)));
      });
      end_s = picture.timestamp_s + picture.duration_s;
      const share = video.end_s === undefined ? 0 : Math.min(1, end_s / video.end_s);
      if (share >= reported + PROGRESS_STEP) progress((reported = share));
      await messagesArrived();
      stop.throwIfAborted();
    }
    await begun.finished();
  } catch (failure) {
    await begun.finished();
    if (pictures > 0 && !stop.aborted && failure instanceof VideoDamaged) return true;
    throw failure;
  }
  if (pictures === 0) throw new VideoDamaged();
  return video.end_s !== undefined && end_s + MOST_MISSING_S < video.end_s;
}

/** For the checksum in the result. */
async function addBytes(file: File, { inTurn }: Turns, stop: AbortSignal): Promise<void> {
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
    await inTurn((engine) => engine.recordedBytes(piece));
    stop.throwIfAborted();
  }
}

/**
 * @returns the line of an analysis (src/protocol/analysis_protocol.h), in parts. Throws VideoFailed for the file, what
 *   prepare() and the program throw, and anything once it is stopped.
 */
export async function analyseRecording(request: RecordingRequest, turns: Turns): Promise<string[]> {
  const { file, level, show, stop } = request;
  stop.throwIfAborted();
  const { openVideo } = await loadReader();
  const video = await openVideo(file, stop, show);
  try {
    await turns.prepare();
    stop.throwIfAborted();
    await turns.inTurn((engine) => engine.openRecording(level, video));
    const cutOff = await addPictures(video, request, turns);
    await addBytes(file, turns, stop);
    return await turns.inTurn((engine) => engine.finishRecording(cutOff));
  } finally {
    video.close();
    await turns.inTurn((engine) => engine.closeRecording());
  }
}
