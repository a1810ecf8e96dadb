// pose_speed.mjs MODULE NETWORKS CLIP PICTURES: pictures a second of the pose pipeline in headless
// Chromium, with each number of threads.
import { followInChromium, picturesOf } from "./browser.mjs";

const [module, networks, clip, count] = process.argv.slice(2);
const SIZE = { width: 640, height: 360 };
const pictures = picturesOf(clip, Number(count), SIZE);

for (const threads of [2, 1]) {
  const seen = await followInChromium(
    { module, networks, pictures },
    { ...SIZE, threads, isolated: threads > 1, rounds: 2 },
  );
  // The first round includes the search for the person and the browser's own compilation.
  const steady = seen.times_ms.slice(seen.times_ms.length / 2).sort((a, b) => a - b);
  const in_networks = seen.networks_ms.slice(seen.networks_ms.length / 2).sort((a, b) => a - b);
  const mean_ms = steady.reduce((sum, time) => sum + time, 0) / steady.length;
  console.log(
    `${seen.choice.threads} threads, ${seen.choice.accelerator}: ${(1000 / mean_ms).toFixed(1)} pictures/s, ` +
      `median ${steady[steady.length >> 1].toFixed(1)} ms, fastest ${steady[0].toFixed(1)} ms; ` +
      `networks of it ${in_networks[in_networks.length >> 1].toFixed(1)} ms; ` +
      `measured ${JSON.stringify(seen.choice.times_ms)} ms; ` +
      `ready after ${(seen.loaded_ms / 1000).toFixed(1)} s; ` +
      `renderer ${(seen.memory_bytes / 2 ** 20).toFixed(0)} MiB`,
  );
}
