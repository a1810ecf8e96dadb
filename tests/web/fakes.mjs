// Stand-ins for the browser and the server: each records what the page asks of it.
import assert from "node:assert/strict";

/** Lets everything that is already resolved run. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

export const json = (value, status = 200) => new Response(JSON.stringify(value), { status });

/** Runs `ask` against a server that gives `answer`, and returns its requests and its result. */
export async function withServer(answer, ask) {
  const requests = [];
  const before = globalThis.fetch;
  globalThis.fetch = async (address, options = {}) => {
    requests.push({ address, method: options.method ?? "GET", ...options });
    return answer(address, options);
  };
  try {
    return { requests, result: await ask() };
  } finally {
    globalThis.fetch = before;
  }
}

/** localStorage or sessionStorage. */
export class FakeStorage {
  entries = new Map();
  forbidden = false;
  getItem(key) {
    if (this.forbidden) throw new DOMException("forbidden", "SecurityError");
    return this.entries.get(key) ?? null;
  }
  setItem(key, value) {
    if (this.forbidden) throw new DOMException("forbidden", "SecurityError");
    this.entries.set(key, value);
  }
}

/** A WebSocket whose server is the test. `FakeSocket.all` holds every one that was opened. */
export class FakeSocket {
  static OPEN = 1;
  static all = [];
  readyState = 0;
  sent = [];
  constructor(address) {
    this.address = address;
    FakeSocket.all.push(this);
  }
  static get last() {
    return FakeSocket.all.at(-1);
  }
  get messages() {
    return this.sent.filter((each) => typeof each === "string").map((each) => JSON.parse(each));
  }
  get frames() {
    return this.sent.filter((each) => typeof each !== "string");
  }
  send(data) {
    assert.equal(this.readyState, FakeSocket.OPEN);
    this.sent.push(data);
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }
  receive(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  lose() {
    this.readyState = 3;
    this.onclose();
  }
}

/** Installs FakeSocket at an address of the page. */
export function installSocket(protocol = "http:") {
  FakeSocket.all = [];
  Object.assign(globalThis, {
    WebSocket: FakeSocket,
    location: { protocol, host: "localhost:8080", hash: "" },
  });
}

/** Sounds that only record what they were asked to do. */
export class FakeSounds {
  log = [];
  say(say) {
    this.log.push(`say ${say.id}`);
  }
  play(earcon) {
    this.log.push(`play ${earcon}`);
  }
  silence() {
    this.log.push("silence");
  }
  startBeat() {
    this.log.push("beat");
  }
  stopBeat() {
    this.log.push("no beat");
  }
  unlock() {
    this.log.push("unlock");
  }
  async prepare() {
    this.log.push("prepare");
  }
}

export const settings = (changes = {}) => ({
  voice: true,
  sounds: true,
  beat: false,
  haptics: false,
  breath: "out_on_kicks",
  guided: true,
  elbows_forward: false,
  left_handed: false,
  stop_on_call: false,
  stop_on_call_asked: false,
  reminder: false,
  camera: "",
  text_size: 1,
  ...changes,
});

/** A practice as the records describe it. */
export const practice = (changes = {}) => ({
  id: 7,
  start: "2026-11-23T09:00:00+01:00",
  origin: "camera",
  exercise: "single-leg-kick",
  exercise_name: "Single-leg kick",
  installed: true,
  by_side: true,
  level: 1,
  level_name: "Forearms",
  wished: 5,
  left: 4,
  right: 4,
  unsure: 0,
  kicks: 16,
  clean: 6,
  counted_left: 4,
  counted_right: 4,
  corrected: false,
  ended_by: "goal",
  duration_s: 120,
  comfort_before: 1,
  comfort_after: 2,
  leg_symptoms: false,
  next_day: "unanswered",
  knee_flexion_deg: { value: 98.4, sd: 4.6 },
  lowering_s: null,
  hips_still_share: null,
  lengthening_s: null,
  clean_share: 0.75,
  ...changes,
});

/** The words of the single-leg kick, as the records describe them. */
export const KICK = {
  id: "single-leg-kick",
  name: "Single-leg kick",
  by_side: true,
  peak: "kick",
  levels: [{ number: 1, name: "Forearms" }],
  faults: [{ id: "dropped_foot", name: "Foot dropped" }],
  measures: [],
};

/** Those of an exercise in which no leg moves alone. */
export const SWAN = {
  id: "swan-preparation",
  name: "Swan preparation",
  by_side: false,
  peak: "peak",
  levels: [{ number: 0, name: "Forearms down" }],
  faults: [{ id: "too_high", name: "Lift too high" }],
  measures: [
    { id: "lift_deg", name: "Lift" },
    { id: "hold_s", name: "Hold" },
  ],
};

/** A practice of that exercise. */
export const swanPractice = (changes = {}) =>
  practice({
    exercise: SWAN.id,
    exercise_name: SWAN.name,
    by_side: false,
    level: 0,
    level_name: "Forearms down",
    left: 0,
    right: 0,
    both: 6,
    kicks: 6,
    knee_flexion_deg: null,
    ...changes,
  });

/** The plan's next practice. */
export const next = (changes = {}) => ({
  level: 1,
  level_name: "Forearms",
  repetitions: 5,
  not_before: "2026-11-23T18:00:00+01:00",
  today: true,
  ask_first: false,
  reasons: [],
  choices: [
    { level: 0, repetitions: 8, most: 8 },
    { level: 1, repetitions: 5, most: 5 },
  ],
  ...changes,
});

/** What the records answer for a person. */
export const today = (changes = {}) => ({
  person: { id: 3, name: "Ada", pin: false },
  now: "2026-11-23T18:00:00+01:00",
  next: next(),
  inform: false,
  ask_next_day: null,
  resumable: null,
  comfort_before_last: null,
  not_today_from: 6,
  not_today_rise: 2,
  rest_from: 6,
  worse_from: 1,
  weeks_in_a_row: 0,
  this_week: 0,
  teacher_level: null,
  settings: {},
  ...changes,
});

/** The server's summary at the end of a practice. */
export const summary = (changes = {}) => ({
  type: "summary",
  frames: 100,
  ended_by: "goal",
  self_reported: false,
  praise: ["Your hips stayed still."],
  advice: [],
  repetitions: [],
  curve: { times_s: [], left: [], right: [] },
  practice: 12,
  ...changes,
});

/** A repetition as the server reports it during a practice. */
export const repetition = (changes = {}) => ({
  type: "repetition",
  index: 1,
  side: "left",
  status: "clean",
  kicks: 2,
  kick_times_s: [3, 3.7],
  knee_flexion_deg: 98,
  start_s: 1,
  end_s: 6,
  lowering_s: 2.1,
  faults: [],
  fault_names: [],
  cue: "",
  ...changes,
});

/** One video track, which the test can unplug. */
class FakeTrack extends EventTarget {
  stopped = false;
  constructor(device, facingMode) {
    super();
    this.device = device;
    this.facingMode = facingMode;
  }
  getSettings() {
    return { deviceId: this.device, facingMode: this.facingMode };
  }
  stop() {
    this.stopped = true;
  }
  unplug() {
    this.dispatchEvent(new Event("ended"));
  }
}

/** The camera of the browser: its tracks so far, what was asked for, and the error that opening it gives. */
export const camera = { tracks: [], asked: [], error: undefined };

/** A browser with a camera, a canvas and a screen that can be kept on. */
export function installBrowser() {
  Object.assign(camera, { tracks: [], asked: [], error: undefined });
  const getUserMedia = async ({ video }) => {
    if (camera.error) throw camera.error;
    camera.asked.push(video.deviceId ?? video.facingMode);
    const track = new FakeTrack(video.deviceId?.exact ?? "usb", video.facingMode?.ideal);
    camera.tracks.push(track);
    return { getVideoTracks: () => [track], getTracks: () => [track] };
  };
  Object.defineProperty(globalThis, "navigator", {
    value: { mediaDevices: { getUserMedia } },
    configurable: true,
  });
  globalThis.document = {
    createElement: () => ({
      getContext: () => ({ drawImage: () => undefined }),
      toBlob: (take) => take(new Blob(["jpeg"])),
    }),
  };
}

/** A video element that shows a frame every time one is awaited. */
export function fakeVideo() {
  let now_ms = 1000;
  return {
    videoWidth: 1280,
    videoHeight: 720,
    srcObject: null,
    play: async () => undefined,
    requestVideoFrameCallback: (shown) => {
      now_ms += 40;
      setImmediate(() => shown(now_ms, {}));
    },
  };
}

/** The server has looked at a frame. */
export const frameDone = (index, changes = {}) => ({
  type: "frame_done",
  index,
  dropped: false,
  person: true,
  points: [],
  knee_flexion: [10, 20],
  ...changes,
});

export const READY = {
  type: "ready",
  level: 1,
  level_name: "Forearms",
  repetitions: 5,
  practice: 12,
  begin_s: 0,
};

/** The counts after a repetition. */
export const counts = (left, right) => ({
  type: "counts",
  left,
  right,
  unsure: 0,
  both: 0,
  kicks: 4,
  clean: 1,
});

/** A practice that the server has let begin, of the page's own classes. */
export async function begunPractice(
  Practice,
  ServerService,
  { plan = { exercise: "single-leg-kick", level: 1, repetitions: 5 }, target, values = {} } = {},
) {
  const sounds = new FakeSounds();
  const practice = new Practice(new ServerService(), sounds, () => settings(values));
  await practice.start(plan, fakeVideo(), target);
  const socket = FakeSocket.last;
  socket.open();
  socket.receive(READY);
  await settle();
  return { practice, sounds, socket };
}
