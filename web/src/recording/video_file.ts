// Opens a recorded video and decodes its pictures, each with its own time; where the browser decodes none, the page
// shows them. Nothing leaves the browser.
import {
  ADTS,
  BlobSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  UnsupportedInputFormatError,
  VideoSampleSink,
  WAVE,
  WEBM,
  type InputVideoTrack,
  type VideoSample,
} from "mediabunny";
import { coloursOf, type Colours } from "../picture/colours";
import { PixelCopier, type StoredPicture } from "../picture/pixels";
import {
  MOST_BYTES,
  MOST_PICTURES,
  MOST_PIXELS,
  MOST_SECONDS,
  MOST_SIDE_PX,
  TOO_LONG,
  TOO_MANY_PICTURES,
} from "./limits";
import { type Picture, ROUNDING_S } from "./picture";
import { type Show, shownPictures } from "./shown_pictures";
import { undecodable, VideoDamaged, VideoFailed } from "./video_failed";

export interface VideoFile {
  /** How often to turn the stored pictures clockwise, so that they are upright. */
  quarterTurns: number;
  /** Then left and right are exchanged. */
  mirrored: boolean;
  /** Width and height of a stored sample. */
  aspect: { num: number; den: number };
  colours: Colours;
  /** When it was recorded, in the words of its file; undefined where it doesn't say. */
  recorded: string | undefined;
  /** When the last picture ends, as the file says; undefined where it doesn't. */
  end_s: number | undefined;
  /**
   * Every picture in the order of their times; copied into memory that is used again. Throws VideoDamaged where the rest
   * can't be read or decoded, and VideoFailed.
   */
  pictures(): AsyncGenerator<Picture, void>;
  close(): void;
}

/** Playlists are left out: they would load other files. The sounds are known to be named. */
const FORMATS = [MP4, QTFF, MATROSKA, WEBM, MPEG_TS, OGG, MP3, WAVE, FLAC, ADTS];

/** Characters of a date and time. */
const MOST_DATE = 40;

/** Pictures that show how many there are in a second. */
const SEEN_FOR_RATE = 100;

const NO_VIDEO =
  "It is not a video that this browser can read, or its start is damaged. MP4, MOV, MKV and WebM are read.";
const NO_TRACK =
  "It contains no picture, or its end is missing. Copy it from the camera again, or choose another video.";
const ONLY_SOUND = "It has sound but no picture. Choose a video.";
const EMPTY = "It is empty. Choose another file.";
const TOO_LARGE =
  "It is larger than 4 GB. Cut out the part in which you practise, then choose that.";
const UNREADABLE = "It can no longer be read. Choose it again.";

function checkSize(width: number, height: number): void {
  if (Math.max(width, height) <= MOST_SIDE_PX && width * height <= MOST_PIXELS) return;
  throw new VideoFailed(
    `It has pictures of ${width} x ${height} pixels, which are too many for a browser. Save it as a video of at most 3840 x 2160.`,
  );
}

async function checkLength(track: InputVideoTrack, end_s: number): Promise<void> {
  if (end_s > MOST_SECONDS) throw new VideoFailed(TOO_LONG);
  const { averagePacketRate } = await track.computePacketStats(SEEN_FOR_RATE);
  if (averagePacketRate * end_s > MOST_PICTURES) throw new VideoFailed(TOO_MANY_PICTURES);
}

async function trackOf(input: Input): Promise<InputVideoTrack> {
  const track = await input.getPrimaryVideoTrack();
  if (track) return track;
  const sound = (await input.getAudioTracks()).length > 0;
  throw new VideoFailed(sound ? ONLY_SOUND : NO_TRACK);
}

async function checkTrack(input: Input, track: InputVideoTrack): Promise<number | undefined> {
  checkSize(await track.getCodedWidth(), await track.getCodedHeight());
  const end_s = (await input.getDurationFromMetadata([track])) ?? undefined;
  if (end_s !== undefined) await checkLength(track, end_s);
  return end_s;
}

const storedPicture = (sample: VideoSample): StoredPicture => ({
  format: sample.format,
  visibleRect: sample.visibleRect,
  copyTo: (to, options) => sample.copyTo(to, options),
  image: () => sample.toCanvasImageSource(),
});

async function* picturesOf(track: InputVideoTrack): AsyncGenerator<Picture, void> {
  const copier = new PixelCopier();
  for await (const sample of new VideoSampleSink(track).samples()) {
    try {
      // It is before the part that is shown.
      if (sample.timestamp < -ROUNDING_S) continue;
      checkSize(sample.visibleRect.width, sample.visibleRect.height);
      yield {
        ...(await copier.copy(storedPicture(sample))),
        ...{ timestamp_s: sample.timestamp, duration_s: sample.duration },
      };
    } finally {
      sample.close();
    }
  }
}

type Stored = Omit<VideoFile, "recorded" | "end_s" | "pictures" | "close">;

/** A video element turns, mirrors, scales and converts. */
const AS_SHOWN: Stored = {
  quarterTurns: 0,
  mirrored: false,
  aspect: { num: 1, den: 1 },
  colours: coloursOf({}),
};

async function asStored(track: InputVideoTrack): Promise<Stored> {
  if (!(await track.canDecode())) throw undecodable(await track.getCodec());
  return {
    quarterTurns: (await track.getRotation()) / 90,
    mirrored: await track.getFlip(),
    aspect: await track.getPixelAspectRatio(),
    colours: coloursOf(await track.getColorSpace()),
  };
}

/** Cameras of Apple say it with their time zone. The times of other MP4s can't be read here. */
async function recordedAt(input: Input): Promise<string | undefined> {
  const { raw } = await input.getMetadataTags();
  const date = raw?.["com.apple.quicktime.creationdate"];
  return typeof date === "string" ? date.slice(0, MOST_DATE) : undefined;
}

async function describe(input: Input, show: Show): Promise<VideoFile> {
  const track = await trackOf(input);
  const end_s = await checkTrack(input, track);
  const decodes = typeof VideoDecoder !== "undefined";
  return {
    ...(decodes ? await asStored(track) : AS_SHOWN),
    recorded: await recordedAt(input),
    end_s,
    async *pictures() {
      try {
        yield* decodes ? picturesOf(track) : shownPictures(track, show);
      } catch (failure) {
        throw failure instanceof VideoFailed ? failure : new VideoDamaged();
      }
    },
    close: () => input.dispose(),
  };
}

/**
 * Throws VideoFailed.
 * @param stop ends reading early, then and later
 * @param show is used where the browser has no VideoDecoder
 */
export async function openVideo(file: File, stop: AbortSignal, show: Show): Promise<VideoFile> {
  if (file.size === 0) throw new VideoFailed(EMPTY);
  if (file.size > MOST_BYTES) throw new VideoFailed(TOO_LARGE);
  const input = new Input({ source: new BlobSource(file), formats: FORMATS });
  stop.addEventListener("abort", () => input.dispose());
  try {
    return await describe(input, show);
  } catch (failure) {
    input.dispose();
    if (failure instanceof VideoFailed) throw failure;
    if (failure instanceof UnsupportedInputFormatError) throw new VideoFailed(NO_VIDEO);
    const gone = failure instanceof DOMException && failure.name === "NotReadableError";
    throw new VideoFailed(gone ? UNREADABLE : NO_VIDEO);
  }
}
