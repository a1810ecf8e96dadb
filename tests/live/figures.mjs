// How fast the whole loop is, from the camera's picture to the sound: what a page does is watched from outside, and
// put on one clock with what really happened in the clip, by its truth.
import assert from "node:assert/strict";

// A kick's tone.
const KICK_HZ = 880;
// Sooner than this after a kick, a sound belongs to the one before; later, to the next.
const SOONEST_S = -0.25;
const LATEST_S = 0.6;

const share = (times, of) => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))];
};
const median = (times) => share(times, 0.5);

/** Has the page keep when it takes pictures and when a kick is heard, loudspeaker's delay included. Before any page is opened. */
export async function watchPictureAndSound(page) {
  await page.addInitScript((hz) => {
    const seen = { taken_ms: [], kicks_ms: [] };
    globalThis.matsideSeen = seen;
    const ask = HTMLVideoElement.prototype.requestVideoFrameCallback;
    HTMLVideoElement.prototype.requestVideoFrameCallback = function (then) {
      return ask.call(this, (now, frame) => {
        seen.taken_ms.push(frame.captureTime ?? now);
        then(now, frame);
      });
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      const delay_s =
        when - this.context.currentTime + (this.context.outputLatency || this.context.baseLatency);
      if (this.frequency.value === hz) seen.kicks_ms.push(performance.now() + 1000 * delay_s);
      start.call(this, when);
    };
  }, KICK_HZ);
}

/** When each kick of the truth was heard, in milliseconds after it; nothing for one that was not. */
function soundDelays({ repetitions, truth, wanted, seen }) {
  const live_s = repetitions.flatMap((repetition) => repetition.kick_times_s);
  const clip_s = wanted.repetitions.flatMap((repetition) =>
    repetition.kicks.map((kick) => kick.time_s),
  );
  assert.equal(live_s.length, clip_s.length);
  // Both analysed the same video, so the two clocks differ only by the camera's start.
  const began_s = median(live_s.map((time_s, i) => time_s - clip_s[i]));
  const heard_s = seen.kicks_ms.map((at_ms) => (at_ms - seen.taken_ms[0]) / 1000 - began_s);
  const first_s = clip_s[0] - 1;
  const last_s = clip_s.at(-1) + 1;
  const beats_s = truth.repetitions
    .flatMap(({ beats }) => beats.map(({ t }) => t))
    .filter((t) => t > first_s && t < last_s);
  return beats_s.map((beat_s) => {
    const after = heard_s
      .map((at_s) => at_s - beat_s)
      .filter((late_s) => late_s > SOONEST_S && late_s < LATEST_S);
    return after.length > 0 ? 1000 * Math.min(...after) : undefined;
  });
}

/** `observed` by observe, `seen` by watchPictureAndSound, what `analyze` found, and the clip's truth. */
export async function figures(page, observed, wanted, truth) {
  const seen = await page.evaluate(() => globalThis.matsideSeen);
  const bySent = new Map(observed.sent.map((frame) => [frame.index, frame]));
  for (const { time_s } of observed.sent) {
    const taken_ms = seen.taken_ms[0] + 1000 * time_s;
    assert.ok(
      seen.taken_ms.some((at_ms) => Math.abs(at_ms - taken_ms) < 1),
      "a picture's time is the camera's",
    );
  }
  const done = observed.messages.filter(
    (message) => message.type === "frame_done" && !message.dropped,
  );
  const answers = done.map(({ index, heard_ms }) => heard_ms - bySent.get(index).sent_ms);
  const practised_s = (done.at(-1).heard_ms - done[0].heard_ms) / 1000;
  const repetitions = observed.messages.filter((message) => message.type === "repetition");
  const sounds = soundDelays({ repetitions, truth, wanted, seen });
  const sounded = sounds.filter((delay) => delay !== undefined);
  assert.ok(sounded.length > 0, "no kick was heard");
  const shown = {
    pictures_a_second: (done.length - 1) / practised_s,
    answer_p50_ms: share(answers, 0.5),
    answer_p99_ms: share(answers, 0.99),
    kicks: sounds.length,
    kicks_heard: sounded.length,
    sound_p50_ms: median(sounded),
    sound_most_ms: Math.max(...sounded),
  };
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [name, Math.round(10 * value) / 10]),
  );
}
