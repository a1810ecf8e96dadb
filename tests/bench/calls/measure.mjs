// What the detector hears in synthetic rooms: which calls stop, after how long, and what stops falsely.
import { measureInChromium } from "./in_chromium.mjs";
import { clapsIn, voicesIn } from "./people.mjs";
import { ROOMS } from "./rooms.mjs";
import { RATE_HZ } from "./audio.mjs";

/** As an audio worklet gets them. */
const BLOCK = 128;
export const WITHIN_S = 0.7;
/** Together 40 minutes. */
const FALSE_STOP_ROOMS = ["music", "television", "traffic", "vacuum", "ownVoice"];
const FALSE_STOP_S = 480;
const LOUDER_ROOMS = ["television", "ownVoice"];

/** The calls that the detector reports in a room, each with the time at which it does. */
function detect(detectorOf, { microphone, output }, thresholds) {
  const detector = detectorOf(RATE_HZ, thresholds);
  const found = [];
  for (let at = 0; at < microphone.length; at += BLOCK) {
    const call = detector.push(
      microphone.subarray(at, at + BLOCK),
      output?.subarray(at, at + BLOCK),
    );
    if (call) found.push({ ...call, at_s: (at + BLOCK) / RATE_HZ });
  }
  return found;
}

/** Compares what was found with what was called. */
function compare(found, calls) {
  const used = new Set();
  const heard = calls.map((call) => {
    const hit = found.find(
      (each) => !used.has(each) && each.at_s >= call.at_s && each.at_s <= call.at_s + WITHIN_S,
    );
    if (hit) used.add(hit);
    return { ...call, after_s: hit ? hit.at_s - call.at_s : null };
  });
  return { heard, falseStops: found.length - used.size };
}

const random = (seed, room) => seed * 1000 + Object.keys(ROOMS).indexOf(room);

/** Calls in these rooms, claps in the quiet one, and false stops in the others. `progress` gets each part's result. */
export function measureSeed(detectorOf, seed, progress = () => undefined) {
  const result = { seed, voices: {}, falseStops: {} };
  const hear = ({ scene, calls }) => compare(detect(detectorOf, scene), calls);
  result.voices.quiet = hear(voicesIn(ROOMS.quiet, random(seed, "quiet")));
  progress(result);
  for (const room of FALSE_STOP_ROOMS) {
    const found = detect(detectorOf, ROOMS[room](FALSE_STOP_S, random(seed, room)));
    result.falseStops[room] = found.map(({ kind, at_s }) => ({ kind, at_s }));
    progress(result);
  }
  result.claps = hear(clapsIn(ROOMS.quiet, random(seed, "quiet")));
  for (const room of LOUDER_ROOMS) {
    result.voices[room] = hear(voicesIn(ROOMS[room], random(seed, room)));
    progress(result);
  }
  return result;
}

/** The same calls and some rooms with one threshold changed at a time. */
export function measureThresholds(detectorOf, thresholds, seed) {
  const quiet = voicesIn(ROOMS.quiet, random(seed, "quiet"));
  const claps = clapsIn(ROOMS.quiet, random(seed, "quiet"));
  const rooms = ["television", "ownVoice"].map((room) => ROOMS[room](120, random(seed, room)));
  const measured = (name, value, chosen) => {
    const changed = name ? { [name]: value } : {};
    const heardIn = ({ scene, calls }) => {
      const { heard } = compare(detect(detectorOf, scene, changed), calls);
      return heard.filter(({ after_s }) => after_s !== null).length;
    };
    const falseStops = rooms.map((room) => detect(detectorOf, room, changed).length);
    const together = falseStops.reduce((sum, each) => sum + each, 0);
    return {
      name,
      value,
      chosen,
      quiet: heardIn(quiet),
      claps: heardIn(claps),
      falseStops: together,
    };
  };
  const usual = measured();
  return Object.entries(thresholds).flatMap(([name, chosen]) => {
    const scaled = (factor) => Number((chosen * factor).toPrecision(2));
    return [
      measured(name, scaled(0.7), false),
      { ...usual, name, value: chosen, chosen: true },
      measured(name, scaled(1.4), false),
    ];
  });
}

/** The calls and the rooms of `seed` through Chromium. `program`: matside. */
export const measureChromium = (program, seed) =>
  measureInChromium(program, {
    seedOf: (room) => random(seed, room),
    falseStopRooms: FALSE_STOP_ROOMS,
    falseStop_s: FALSE_STOP_S,
    compare,
  });
