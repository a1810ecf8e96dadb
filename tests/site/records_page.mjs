// The page of the tests. As /?practise=HOME it practises without end and reports to the test what is saved; otherwise the
// test calls call().
const worker = new Worker("records_worker.js", { type: "module" });
const waiting = new Map();
let last = 0;
globalThis.lost = 0;
worker.onmessage = ({ data }) => {
  if (data.lost) globalThis.lost++;
  else waiting.get(data.id)?.(data.result);
};

const call = (message) =>
  new Promise((resolve) => {
    const id = ++last;
    waiting.set(id, resolve);
    worker.postMessage({ ...message, id });
  });
globalThis.call = call;
globalThis.run = (command) => call({ kind: "run", command });

const text = async (name) => (await fetch(`${name}.json`)).text();
globalThis.open = async (how) =>
  call({
    kind: "open",
    exercise: await text("single_leg_kick"),
    words: await text("cues.en"),
    plan: await text("plan"),
    ...how,
  });

const report = (what, body) => fetch(`/report/${what}`, { method: "POST", body });

async function practise(home) {
  const opened = await globalThis.open({ home });
  const checked = await globalThis.run({ do: "check" });
  const ready = await globalThis.run({ do: "open" });
  const persons = await globalThis.run({ do: "add_person", text: "Ada" });
  const state = await globalThis.run({ do: "state" });
  await report("opened", JSON.stringify({ opened, checked, ready, persons, state }));
  for (;;) {
    const { practice } = await globalThis.run({ do: "begin" });
    for (let i = 0; i < 12; i++) {
      const { counted, error, failure } = await globalThis.run({ do: "repetition", frames: 20 });
      await report("counted", JSON.stringify({ practice, counted, error: error ?? failure }));
    }
    await globalThis.run({ do: "end" });
  }
}

const home = new URLSearchParams(location.search).get("practise");
if (home) void practise(home);
