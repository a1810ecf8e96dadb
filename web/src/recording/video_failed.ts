/** Why a video can't be analysed; the message is for the person and begins with "It". */
export class VideoFailed extends Error {}

/** The video can't be decoded from here on. */
export class VideoDamaged extends VideoFailed {
  constructor() {
    super("It is damaged or cut off: none of its pictures can be decoded.");
  }
}

const CODEC_NAMES: Readonly<Record<string, string>> = {
  avc: "H.264",
  hevc: "H.265 (HEVC)",
  av1: "AV1",
  vp8: "VP8",
  vp9: "VP9",
  prores: "ProRes",
};

export function undecodable(codec: string | null): VideoFailed {
  const name = codec === null ? "an unknown encoding" : (CODEC_NAMES[codec] ?? codec);
  return new VideoFailed(
    `It is encoded as ${name}, which this browser can't decode. Try another browser, or convert the video to H.264.`,
  );
}
