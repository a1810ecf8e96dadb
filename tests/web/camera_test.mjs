// node --test tests/web/camera_test.mjs
// The camera's frames, the keys that stop, the screen lock, and the page's own log of a practice.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import {
  camera,
  fakeVideo,
  frameDone,
  installBrowser,
  repetition,
  settle,
  summary,
} from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { PracticeLog } = await load("practice/practice_log.ts");
const { Camera, cameraAdvice } = await load("practice/camera.ts");
const { ServerService } = await load("service/server_service.ts");
const { ReturningCamera } = await load("practice/returning_camera.ts");
const { isStopKey } = await load("practice/stop_key.ts");
const { keepScreenOn } = await load("practice/wake_lock.ts");

beforeEach(installBrowser);

test("every reason why a camera can't be opened has advice", () => {
  const advice = (name) => cameraAdvice(new DOMException("", name));
  const all = ["NotAllowedError", "NotFoundError", "SecurityError", "NotReadableError"].map(advice);
  assert.equal(new Set(all).size, 4);
  assert.equal(advice("OverconstrainedError"), advice("NotFoundError"));
  assert.equal(cameraAdvice("odd"), advice("NotReadableError"));
});

test("a page that is not secure has no camera", async () => {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  const failure = await Camera.open(new ServerService(), fakeVideo(), "").catch((error) => error);
  assert.equal(failure.name, "SecurityError");
});

test("a frame is scaled down to 640 pixels and keeps its shape", async () => {
  const sizes = [];
  globalThis.document.createElement = () => {
    const canvas = {
      getContext: () => ({
        drawImage: (_video, _x, _y, width, height) => sizes.push([width, height]),
      }),
      toBlob: (take) => take(new Blob(["jpeg"])),
    };
    return canvas;
  };
  const video = fakeVideo();
  const opened = await Camera.open(new ServerService(), video, "front");
  const frame = await opened.next();
  assert.deepEqual(sizes, [[640, 360]]);
  assert.equal(frame.taken_ms, 1040);
  Object.assign(video, { videoWidth: 320, videoHeight: 240 });
  await opened.next();
  assert.deepEqual(sizes.at(-1), [320, 240], "a small one stays as it is");
  opened.close();
  assert.equal(await opened.next(), undefined);
  assert.equal(video.srcObject, null);
});

test("a camera that is back is known again, also in another socket", () => {
  const lost = new ReturningCamera("usb");
  assert.equal(lost.find([]), undefined);
  assert.equal(lost.find(["usb"]), "usb");
  const other = new ReturningCamera("usb");
  assert.equal(other.find(["built in"]), undefined);
  assert.equal(other.find(["built in"]), undefined, "it was there before");
  assert.equal(other.find(["built in", "usb 2"]), "usb 2");
});

test("where the browser doesn't tell cameras apart, any is taken", () => {
  assert.equal(new ReturningCamera("").find(["", ""]), "");
  assert.equal(new ReturningCamera("usb").find([""]), "");
  assert.equal(new ReturningCamera("").find([]), undefined);
});

test("a camera may be asked for, and nothing else", async () => {
  await Camera.open(new ServerService(), fakeVideo(), "built in");
  const opened = await Camera.open(new ServerService(), fakeVideo(), "usb", true);
  assert.deepEqual(camera.asked, [{ ideal: "built in" }, { exact: "usb" }]);
  assert.equal(opened.device, "usb");
  assert.equal(opened.facing, undefined);
});

test("a phone's camera is asked for by its side, and says which one it is", async () => {
  for (const [side, mode] of [
    ["front", "user"],
    ["back", "environment"],
  ]) {
    const opened = await Camera.open(new ServerService(), fakeVideo(), side);
    assert.deepEqual(camera.asked.at(-1), { ideal: mode });
    assert.equal(opened.facing, side);
  }
});

test("every key stops, except those for the focus, screen readers, volume and brightness", () => {
  for (const key of [" ", "a", "Enter", "Escape", "F5", "PageDown", "ArrowLeft", "."])
    assert.equal(isStopKey({ key }), true, key);
  for (const key of ["AudioVolumeUp", "AudioVolumeMute", "BrightnessDown", "VolumeDown"])
    assert.equal(isStopKey({ key }), false, key);
  for (const key of ["Tab", "Control", "Shift", "Alt", "Meta", "CapsLock", "Insert"])
    assert.equal(isStopKey({ key }), false, key);
  assert.equal(isStopKey({ key: "+", ctrlKey: true }), false, "the browser's zoom");
  assert.equal(isStopKey({ key: "ArrowDown", altKey: true }), false, "a screen reader's command");
});

test("the screen is kept on, where the browser can, and released at the end", async () => {
  keepScreenOn().end();
  let released = false;
  const request = async () => ({ release: async () => (released = true) });
  Object.defineProperty(globalThis, "navigator", {
    value: { wakeLock: { request } },
    configurable: true,
  });
  keepScreenOn().end();
  await settle();
  assert.equal(released, true);
  navigator.wakeLock.request = () => Promise.reject(new DOMException("", "NotAllowedError"));
  keepScreenOn().end();
  await settle();
});

test("a summary has the repetitions of lost connections, too", () => {
  const log = new PracticeLog();
  const frame = (time_s) => log.frame(time_s, frameDone(0, { knee_flexion: [time_s, null] }));
  const end = summary({
    praise: ["Well done."],
    repetitions: [repetition()],
    curve: { times_s: [10], left: [1], right: [2] },
  });
  assert.equal(log.mergedSummary(end), end);
  frame(1);
  log.repetition(repetition());
  log.repetition(repetition());
  log.connectionLost();
  frame(10);
  const whole = log.mergedSummary(end);
  assert.deepEqual(
    whole.repetitions.map(({ index }) => index),
    [1, 2, 3],
  );
  assert.deepEqual(whole.curve, { times_s: [1, 10], left: [1, 1], right: [null, 2] });
  assert.deepEqual(whole.praise, ["Well done."]);
  const nothingNew = log.mergedSummary({ ...end, repetitions: [] });
  assert.notDeepEqual(nothingNew.praise, end.praise);
});

test("the page's own curve covers the last ten minutes", () => {
  const log = new PracticeLog();
  for (let second = 0; second <= 700; second += 10) log.frame(second, frameDone(0));
  log.frame(710, frameDone(0, { dropped: true }));
  const { curve, frames } = log.localSummary("person");
  assert.equal(curve.times_s.at(-1), 700);
  assert.ok(curve.times_s[0] >= 100, `${curve.times_s[0]}`);
  assert.equal(curve.left.length, curve.times_s.length);
  assert.equal(frames, 71);
});
