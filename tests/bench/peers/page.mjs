// Runs one peer in the page: prepare() loads it and warms it up, run() times it picture by picture.
// Pictures are decoded beforehand and displaying them is not timed, so only the peer is measured.
const NETWORK_SIDE_PX = 256;
const NETWORK = "/pose/pose_landmark_full.tflite";
const LANDMARK_VALUES = 195;

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = resolve;
    element.onerror = () => reject(new Error(`${address} could not be loaded`));
    document.head.append(element);
  });
}

async function bytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

// The middle of the picture, rotated so that a lying body is vertical, as the landmark network receives it.
function network_input(picture) {
  const canvas = new OffscreenCanvas(NETWORK_SIDE_PX, NETWORK_SIDE_PX);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const scale = NETWORK_SIDE_PX / picture.width;
  context.translate(NETWORK_SIDE_PX / 2, NETWORK_SIDE_PX / 2);
  context.rotate(Math.PI / 2);
  context.scale(scale, scale);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
  const { data } = context.getImageData(0, 0, NETWORK_SIDE_PX, NETWORK_SIDE_PX);
  const input = new Float32Array(NETWORK_SIDE_PX * NETWORK_SIDE_PX * 3);
  for (let i = 0; i < NETWORK_SIDE_PX * NETWORK_SIDE_PX; ++i) {
    for (let c = 0; c < 3; ++c) input[3 * i + c] = data[4 * i + c] / 255;
  }
  return input;
}

function first_landmarks(values) {
  if (values.length !== LANDMARK_VALUES || !values.every(Number.isFinite)) {
    throw new Error("the network gave no landmarks");
  }
  return Array.from(values.slice(0, 10), (value) => Math.round(value * 10) / 10);
}

// A canvas in place of the video.
function shown({ width, height }) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return {
    show(picture) {
      context.drawImage(picture, 0, 0);
      return canvas;
    },
  };
}

function nose(landmarks) {
  if (!landmarks) throw new Error("nobody was found");
  return [landmarks[0].x, landmarks[0].y].map((value) => Math.round(value * 1000) / 1000);
}

async function mediapipe_pose(pictures, on_processor) {
  await script("/pose/pose.js");
  const pose = new window.Pose({ locateFile: (file) => `/pose/${file}` });
  pose.setOptions({
    modelComplexity: 1,
    useCpuInference: on_processor,
    enableSegmentation: false,
    smoothLandmarks: true,
  });
  let found;
  pose.onResults(({ poseLandmarks }) => {
    found = poseLandmarks;
  });
  await pose.initialize();
  return {
    ...shown(pictures[0]),
    once: (canvas) => pose.send({ image: canvas }),
    found: () => nose(found),
  };
}

// Each peer provides a function that runs it on a picture, and one that returns its last result.
const peers = {
  async litert(threads, pictures) {
    const { loadAndCompile, loadLiteRt, Tensor } =
      await import("/peers/@litertjs/core/dist/index.js");
    await loadLiteRt("/peers/@litertjs/core/wasm/", { threads: threads > 1 });
    const model = await loadAndCompile(NETWORK, {
      accelerator: "wasm",
      cpuOptions: { numThreads: threads },
    });
    const wanted = model
      .getOutputDetails()
      .findIndex(({ shape }) => shape.at(-1) === LANDMARK_VALUES);
    const input = new Tensor(network_input(pictures[0]), [1, NETWORK_SIDE_PX, NETWORK_SIDE_PX, 3]);
    let found;
    return {
      async once() {
        const outputs = await model.run([input]);
        found = outputs[wanted].toTypedArray().slice();
        for (const output of outputs) output.delete();
      },
      found: () => first_landmarks(found),
    };
  },

  async tfjs_tflite(threads, pictures) {
    window.exports = {};
    await script("/peers/@tensorflow/tfjs-tflite/wasm/tflite_web_api_client.js");
    window.tfweb.tflite_web_api.setWasmPath("/peers/@tensorflow/tfjs-tflite/wasm/");
    const network = await bytes(NETWORK);
    const runner = await window.tfweb.TFLiteWebModelRunner.create(network.buffer, {
      numThreads: threads,
    });
    const input = network_input(pictures[0]);
    const landmarks = runner.getOutputs().find(({ shape }) => shape === `1,${LANDMARK_VALUES}`);
    return {
      async once() {
        runner.getInputs()[0].data().set(input);
        if (!runner.infer()) throw new Error("tfjs-tflite failed");
      },
      found: () => first_landmarks(landmarks.data()),
    };
  },

  mediapipe_pose: (_threads, pictures) => mediapipe_pose(pictures, true),
  mediapipe_pose_webgl: (_threads, pictures) => mediapipe_pose(pictures, false),

  async pose_landmarker(_threads, pictures) {
    const { PoseLandmarker } = await import("/peers/@mediapipe/tasks-vision/vision_bundle.mjs");
    const wasm = "/peers/@mediapipe/tasks-vision/wasm/vision_wasm_internal";
    const landmarker = await PoseLandmarker.createFromOptions(
      { wasmLoaderPath: `${wasm}.js`, wasmBinaryPath: `${wasm}.wasm` },
      { baseOptions: { modelAssetPath: "/made/full.task", delegate: "CPU" }, runningMode: "VIDEO" },
    );
    let found;
    return {
      ...shown(pictures[0]),
      async once(canvas) {
        [found] = landmarker.detectForVideo(canvas, performance.now()).landmarks;
      },
      found: () => nose(found),
    };
  },
};

let peer;
let pictures;

window.prepare = async ({ name, threads, frames, warm_up }) => {
  if (!window.crossOriginIsolated) throw new Error("the page is not cross-origin isolated");
  pictures = await Promise.all(
    Array.from({ length: frames }, async (_, i) => {
      const jpeg = await bytes(`/made/${String(i + 1).padStart(5, "0")}.jpg`);
      return createImageBitmap(new Blob([jpeg], { type: "image/jpeg" }));
    }),
  );
  peer = await peers[name](threads, pictures);
  await window.run(warm_up);
};

// Wall-clock milliseconds of each picture, and the result of the last.
window.run = async (frames) => {
  const times_ms = [];
  for (let i = 0; i < frames; ++i) {
    const canvas = peer.show?.(pictures[i % pictures.length]);
    const begun = performance.now();
    await peer.once(canvas);
    times_ms.push(performance.now() - begun);
    // Yields, so that the page can do other work, such as starting its threads.
    await scheduler.yield();
  }
  return { times_ms, found: peer.found() };
};

window.ready = true;
