/** Why a video can't be analysed; the message is for the person and begins with "It". */
export class VideoFailed extends Error {}

/** The video can't be decoded from here on. */
export class VideoDamaged extends VideoFailed {
  constructor() {
    super("It is damaged or cut off: none of its pictures can be decoded.");
  }
}
