// What a recorded video may be, so that its analysis fits into a browser's memory.

/** As `matside serve` takes. */
export const MOST_BYTES = 4 * 2 ** 30;
export const MOST_SECONDS = 60 * 60;
/** Each picture's joints are kept: 400 bytes, and 700 as text. */
export const MOST_PICTURES = 30 * MOST_SECONDS;
/** A decoder holds about ten pictures at once. */
export const MOST_SIDE_PX = 4096;
export const MOST_PIXELS = 4096 * 2304;

export const TOO_LONG =
  "It is longer than an hour. Cut out the part in which you practise, then choose that.";
export const TOO_MANY_PICTURES =
  "It has more pictures than an hour at 30 a second. Cut out the part in which you practise, then choose that.";
