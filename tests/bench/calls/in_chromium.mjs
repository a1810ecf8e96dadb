// The same rooms and calls through Chromium: its capture, echo canceller and audio thread, with the page's detector.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, serve, withCleanup } from "../../live/support.mjs";
import { RATE_HZ } from "./audio.mjs";
import { voicesIn } from "./people.mjs";
import { ROOMS } from "./rooms.mjs";

/** A WAV file of 16 bits. */
function waveFile(samples) {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + 2 * samples.length, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE_HZ, 24);
  file.writeUInt32LE(2 * RATE_HZ, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, at) => {
    const rounded = Math.round(32767 * Math.max(-1, Math.min(1, sample)));
    file.writeInt16LE(rounded, 44 + 2 * at);
  });
  return file;
}

/** Runs in the page: listens as `web/src/hearing` does. @returns the calls, with the time at which each is heard. */
async function listen(for_s) {
  const context = new AudioContext();
  const response = await fetch("/output.wav");
  const output = response.ok
    ? await context.decodeAudioData(await response.arrayBuffer())
    : undefined;
  await context.audioWorklet.addModule("/hearing.js");
  // Last, so that the microphone's sound and the page's begin together.
  const microphone = await navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: 1,
    },
  });
  const detector = new AudioWorkletNode(context, "call-detector", {
    numberOfInputs: 2,
    channelCount: 1,
    channelCountMode: "explicit",
  });
  const began_s = context.currentTime;
  const found = [];
  detector.port.onmessage = ({ data }) =>
    found.push({ kind: data.kind, at_s: context.currentTime - began_s });
  context.createMediaStreamSource(microphone).connect(detector, 0, 0);
  detector.connect(context.destination);
  if (output) {
    const source = new AudioBufferSourceNode(context, { buffer: output });
    source.connect(detector, 0, 1);
    source.connect(context.destination);
    source.start();
  }
  await new Promise((resolve) => setTimeout(resolve, 1000 * for_s));
  return found;
}

/** What Chromium hears in a scene, in real time. */
async function hear(place, served, name, { microphone, output }) {
  const file = join(place.folder, `${name}.wav`);
  writeFileSync(file, waveFile(microphone));
  const browser = await openBrowser(place, { microphone: file });
  const page = await browser.newPage();
  const body = output && waveFile(output);
  await page.route("**/output.wav", (route) =>
    route.fulfill(body ? { body, contentType: "audio/wav" } : { status: 404 }),
  );
  await page.goto(served.address);
  const found = await page.evaluate(listen, microphone.length / RATE_HZ);
  await browser.close();
  return found;
}

/** All at once, for each takes as long as its sound. `compare`: what was found with what was called. */
export async function measureInChromium(program, { seedOf, falseStopRooms, falseStop_s, compare }) {
  return withCleanup(async (place) => {
    const served = await serve(place, program, { records: false });
    const { scene, calls } = voicesIn(ROOMS.quiet, seedOf("quiet"));
    const quiet = hear(place, served, "quiet", scene).then((found) => compare(found, calls));
    const rooms = falseStopRooms.map(async (room) => [
      room,
      // Chromium cancels the echo itself.
      await hear(place, served, room, ROOMS[room](falseStop_s, seedOf(room), false)),
    ]);
    return { quiet: await quiet, falseStops: Object.fromEntries(await Promise.all(rooms)) };
  });
}
