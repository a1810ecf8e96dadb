// The pictures of a video that the page shows for the Worker. The file says when each of them is.
import { EncodedPacketSink, type InputVideoTrack } from "mediabunny";
import { type Picture, ROUNDING_S } from "./picture";
import { PixelCopier } from "../picture/pixels";
import type { ShownPicture } from "./shown_video";
import { undecodable, VideoDamaged } from "./video_failed";

/**
 * Asks the page for a picture; undefined if the browser can't show it.
 * @param picture_s the picture's time in the file
 * @param at_s a time at which only this picture is shown
 */
export type Show = (picture_s: number, at_s: number) => Promise<ShownPicture | undefined>;

interface Times {
  /** In order. */
  starts_s: number[];
  last_duration_s: number;
  /** Whether the rest of the file can't be read. */
  cutOff: boolean;
}

/** They are stored in the order of decoding. */
async function timesOf(track: InputVideoTrack): Promise<Times> {
  const ends = new Map<number, number>();
  let cutOff = false;
  const packets = new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  });
  try {
    for await (const { timestamp, duration } of packets) ends.set(timestamp, duration);
  } catch {
    cutOff = true;
  }
  const all = [...ends.keys()].filter((start_s) => start_s >= -ROUNDING_S).sort((a, b) => a - b);
  return { starts_s: all, last_duration_s: ends.get(all.at(-1) ?? 0) ?? 0, cutOff };
}

/** Throws VideoDamaged where the rest can't be read or shown. */
export async function* shownPictures(
  track: InputVideoTrack,
  show: Show,
): AsyncGenerator<Picture, void> {
  const { starts_s, last_duration_s, cutOff } = await timesOf(track);
  const copier = new PixelCopier();
  const durationOf = (i: number) => {
    const next_s = starts_s[i + 1];
    return next_s === undefined ? last_duration_s : next_s - (starts_s[i] ?? 0);
  };
  const asked = (i: number) => {
    const start_s = starts_s[i];
    return start_s === undefined ? undefined : show(start_s, start_s + durationOf(i) / 2);
  };
  let before_s = -Infinity;
  let coming = asked(0);
  try {
    for (const [i, start_s] of starts_s.entries()) {
      const shown = await coming;
      if (!shown) throw i === 0 ? undecodable(await track.getCodec()) : new VideoDamaged();
      // The page shows the next picture while the networks look at this one.
      coming = asked(i + 1);
      const { image, timestamp_s: said_s = start_s } = shown;
      try {
        const isThisOne = Math.abs(said_s - start_s) < durationOf(i) / 2;
        const timestamp_s = isThisOne ? start_s : said_s;
        // The browser has shown the same picture again.
        if (timestamp_s <= before_s) continue;
        before_s = timestamp_s;
        const pixels = copier.draw(image, image.width, image.height);
        yield { ...pixels, timestamp_s, duration_s: durationOf(i) };
      } finally {
        image.close();
      }
    }
  } finally {
    void coming?.then((picture) => picture?.image.close());
  }
  if (cutOff) throw new VideoDamaged();
}
