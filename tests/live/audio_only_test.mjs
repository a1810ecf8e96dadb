// node tests/live/audio_only_test.mjs MATSIDE [--site DIR]
// A set without a camera and, on a server, without records: played, stopped, continued and self-reported. The camera is not asked for.
import assert from "node:assert/strict";
import {
  answerBefore,
  axeViolations,
  enterAsNewPerson,
  eventually,
  number,
  openBrowser,
  until,
  withCleanup,
} from "./support.mjs";
import { observeHome, openHome, testArguments } from "./homes.mjs";

const { home } = testArguments();

await withCleanup(async (place) => {
  const served = await openHome(place, home, { records: false });
  const browser = await openBrowser(place, { camera: null });
  const page = await browser.newPage();
  const observed = await observeHome(page, served);
  const clips = [];
  page.on("response", (answer) => {
    if (answer.url().includes("/voice/"))
      clips.push([new URL(answer.url()).pathname, answer.status()]);
  });
  await enterAsNewPerson(page, served.url, 0);
  await page.goto(`${served.url}#/sound`);
  const planned = Number(await page.locator("output").textContent());
  for (let fewer = planned; fewer > 1; fewer--)
    await page.getByRole("button", { name: "One fewer" }).click();
  await page.getByTestId("start").click();
  await answerBefore(page);
  await until(page, () => document.querySelector("[data-testid=cue]")?.textContent !== "");
  assert.deepEqual(await axeViolations(page), []);
  await page.keyboard.press("PageDown");
  await page.getByTestId("comfort").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.getByRole("button", { name: "Comfortable, continue" }).click();
  await eventually(
    () => observed.messages.some((message) => message.type === "script"),
    "a script came",
  );
  const script = observed.messages.find((message) => message.type === "script");
  const voices = await page.evaluate(
    () => speechSynthesis.getVoices().filter((voice) => voice.localService).length,
  );
  if (voices === 0)
    assert.ok(
      clips.some(([, status]) => status === 200),
      "the recorded voice is played",
    );
  for (const [path, status] of clips) assert.equal(status, 200, path);
  assert.ok(script.items.some((item) => item.sound === "kick"));
  await page
    .getByRole("heading", { name: "How many repetitions did you do?" })
    .waitFor({ timeout: 1000 * script.items.at(-1).at_s + 20_000 });
  assert.equal(await page.getByLabel("Left").inputValue(), "1");
  assert.deepEqual(await axeViolations(page), []);
  await page.getByLabel("Right").fill("2");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Self-reported").waitFor();
  assert.equal(await number(page, "count-right"), 2);
  await page.locator(`input[name=comfort-after][value="0"]`).check();
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("talk to a doctor or physiotherapist before you practise again").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  if (!served.inBrowser)
    assert.equal(await page.getByRole("link", { name: "Progress" }).count(), 0);
  await eventually(
    () => observed.messages.some((message) => message.type === "summary" && message.self_reported),
    "a summary by the person's word",
  );
  assert.deepEqual(observed.schemaViolations, []);
  assert.deepEqual(observed.errors, []);
  assert.deepEqual(observed.foreignRequests, []);
});
