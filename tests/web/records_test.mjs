// node --test tests/web/records_test.mjs
// What the page asks of the records, and what it makes of refusals.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { FakeStorage, json, today, withServer } from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { ApiRecords } = await load("records/api_records.ts");
const { ServerService } = await load("service/server_service.ts");
const { NoRecords } = await load("records/no_records.ts");
const { RequestFailed } = await load("service/service.ts");

beforeEach(() => {
  globalThis.sessionStorage = new FakeStorage();
});

const tokenOf = ({ headers }) => headers["Matside-Unlocked"];
const failureOf = (promise) => promise.then(() => assert.fail("was accepted")).catch((e) => e);

test("a PIN unlocks its person, and nobody else", async () => {
  const service = new ApiRecords(new ServerService());
  const { requests } = await withServer(
    (address) => json(address.endsWith("unlock") ? { token: "secret" } : {}),
    async () => {
      await service.unlock(3, "1234");
      await service.today(3);
      await service.today(4);
      service.lock(3);
      await service.today(3);
    },
  );
  assert.deepEqual(requests.map(tokenOf), [undefined, "secret", undefined, undefined]);
  assert.deepEqual(JSON.parse(requests[0].body), { person: 3, pin: "1234" });
});

test("a person stays unlocked when the page is reloaded", async () => {
  await withServer(
    () => json({ token: "secret" }),
    () => new ApiRecords(new ServerService()).unlock(3, "1234"),
  );
  assert.equal(new ApiRecords(new ServerService()).token(3), "secret");
  assert.equal(new ApiRecords(new ServerService()).token(4), undefined);
});

test("a browser without storage unlocks for as long as the page is open", async () => {
  globalThis.sessionStorage.forbidden = true;
  const service = new ApiRecords(new ServerService());
  await withServer(
    () => json({ token: "secret" }),
    () => service.unlock(3, "1234"),
  );
  assert.equal(service.token(3), "secret");
  assert.equal(new ApiRecords(new ServerService()).token(3), undefined);
});

test("damaged storage locks everybody", () => {
  globalThis.sessionStorage.setItem("matside.unlocked", "{not json");
  assert.equal(new ApiRecords(new ServerService()).token(3), undefined);
});

test("every route is asked as the schema describes it", async () => {
  const service = new ApiRecords(new ServerService());
  const { requests } = await withServer(
    (address) => json(address.includes("import") ? { practices: 2 } : { persons: [] }),
    async () => {
      await service.persons();
      await service.progress(3);
      await service.practice(3, 9);
      await service.repetition(3, 9, 2);
      await service.report(3, 9);
      await service.keep(3, { recording: "9f", start_unix_s: 1_767_600_000, utc_offset_min: 60 });
      await service.download(3, "export");
      await service.download(3, "calendar");
      assert.equal(await service.importFile(3, new Blob(["{}"])), 2);
      await service.change(3, { change: "asked", person: 3 }, "swan-preparation");
      await service.today(3, "prone-leg-lift");
      await service.erase(3);
    },
  );
  assert.deepEqual(
    requests.map(({ method, address }) => `${method} ${address}`),
    [
      "GET /api/persons",
      "GET /api/progress?person=3",
      "GET /api/practice?id=9",
      "GET /api/repetition?practice=9&index=2",
      "GET /api/report?id=9",
      "POST /api/keep?person=3",
      "GET /api/export?person=3",
      "GET /api/calendar?person=3",
      "POST /api/import?person=3",
      "POST /api/change?exercise=swan-preparation",
      "GET /api/today?person=3&exercise=prone-leg-lift",
      "POST /api/change",
    ],
  );
  for (const { cache } of requests) assert.equal(cache, "no-store");
  assert.deepEqual(JSON.parse(requests.at(-1).body), { change: "erase_person", person: 3 });
  assert.equal(requests[8].headers["Content-Type"], "application/json");
  assert.equal("Content-Type" in requests[0].headers, false);
});

test("the person added last is the new one", async () => {
  const persons = [
    { id: 2, name: "Ada", pin: false },
    { id: 11, name: "Ida", pin: false },
    { id: 5, name: "Eda", pin: false },
  ];
  const service = new ApiRecords(new ServerService());
  const { result } = await withServer(
    () => json({ persons }),
    () => service.add("Ida"),
  );
  assert.equal(result.id, 11);
  const { result: none } = await withServer(
    () => json({ persons: [] }),
    () => failureOf(service.add("Ida")),
  );
  assert.match(none.message, /not added/);
});

test("a refusal has the server's words and status", async () => {
  const service = new ApiRecords(new ServerService());
  const { result: missing } = await withServer(
    () => json({ error: "There is no such practice." }, 404),
    () => failureOf(service.practice(1, 9)),
  );
  assert.ok(missing instanceof RequestFailed);
  assert.equal(missing.message, "There is no such practice.");
  assert.equal(missing.status, 404);
  assert.equal(missing.locked, false);
  const { result: locked } = await withServer(
    () => json({ error: "A PIN is needed." }, 403),
    () => failureOf(service.today(1)),
  );
  assert.equal(locked.locked, true);
});

test("an answer that is not from Matside is explained in plain words", async () => {
  const service = new ApiRecords(new ServerService());
  for (const answer of [
    () => new Response("<html>", { status: 502 }),
    () => json({ error: 3 }, 500),
  ]) {
    const { result } = await withServer(answer, () => failureOf(service.today(1)));
    assert.match(result.message, /Something went wrong/);
  }
  const { result: silent } = await withServer(
    () => Promise.reject(new TypeError()),
    () => failureOf(service.today(1)),
  );
  assert.match(silent.message, /is not responding/);
  assert.equal(silent.status, 0);
});

test("without records there is one unnamed person, whose day the server gives", async () => {
  const service = new NoRecords(new ServerService());
  assert.equal(service.keepsRecords, false);
  const [person] = await service.persons();
  assert.deepEqual(person, { id: 0, name: "", pin: false });
  const { requests, result } = await withServer(
    () => json(today({ inform: true })),
    async () => [
      await service.today(0, "single-leg-kick"),
      await service.change(0, { change: "informed", person: 0 }, "swan-preparation"),
      await service.today(0, "swan-preparation"),
    ],
  );
  assert.deepEqual(
    requests.map(({ address }) => address),
    ["single-leg-kick", "swan-preparation", "swan-preparation"].map(
      (id) => `/api/today?exercise=${id}`,
    ),
  );
  assert.deepEqual(
    result.map(({ inform }) => inform),
    [true, false, false],
  );
});

test("without records leg symptoms, too, mean that a professional is asked first", async () => {
  const service = new NoRecords(new ServerService());
  const comfort = { change: "comfort", practice: 0, after: 1 };
  const { result } = await withServer(
    () => json(today()),
    async () => [
      await service.change(0, { ...comfort, leg_symptoms: false }),
      await service.change(0, { ...comfort, leg_symptoms: true }),
      await service.today(),
      await service.change(0, { change: "asked", person: 0 }),
    ],
  );
  assert.deepEqual(
    result.map(({ next }) => next.ask_first),
    [false, true, true, false],
  );
  const [, asking] = result;
  assert.deepEqual(
    asking.next.reasons.map(({ id }) => id),
    ["leg_symptoms"],
  );
  assert.deepEqual(asking.next.choices, []);
});

test("without records everything that needs them is refused", async () => {
  const service = new NoRecords(new ServerService());
  const calls = [
    service.add("Ada"),
    service.unlock(1, "1"),
    service.erase(1),
    service.progress(1),
    service.practice(1, 2),
    service.download(1, "export"),
    service.importFile(1, new Blob()),
  ];
  for (const call of calls) {
    const failure = await failureOf(call);
    assert.ok(failure instanceof RequestFailed);
    assert.equal(failure.status, 404);
  }
  assert.equal(service.token(1), undefined);
  service.lock(1);
});

test("paired devices are listed and unpaired, with and without records", async () => {
  const devices = [{ device: 2, name: "Safari on iPad", asking: true }];
  for (const service of [new ApiRecords(new ServerService()), new NoRecords(new ServerService())]) {
    const { requests } = await withServer(
      () => json({ devices }),
      async () => {
        assert.deepEqual(await service.devices(), devices);
        assert.deepEqual(await service.unpair(1), devices);
      },
    );
    assert.deepEqual(
      requests.map(({ address }) => address),
      ["/api/devices", "/api/unpair"],
    );
    assert.deepEqual(JSON.parse(requests[1].body), { device: 1 });
  }
});

test("the page says what to open when the server no longer knows the browser", async () => {
  const { message, status } = await withServer(
    () => new Response("no JSON", { status: 401 }),
    () => failureOf(new ApiRecords(new ServerService()).persons()),
  ).then(({ result }) => result);
  assert.equal(status, 401);
  assert.match(message, /open the address that matside serve printed/);
});

test("a file is shared where the browser can, and saved where it refuses", async () => {
  const { canShare, shareFile } = await load("records/share.ts");
  const shared = [];
  const saved = [];
  let refusal;
  globalThis.document = {
    createElement: () => ({ click: () => saved.push("file"), href: "", download: "" }),
  };
  const install = (value) =>
    Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  install({});
  assert.equal(canShare("report.html", "text/html"), false);
  install({
    canShare: ({ files }) => files[0].type === "text/html",
    share: async ({ files }) => {
      if (refusal) throw refusal;
      shared.push(files[0].name);
    },
  });
  assert.equal(canShare("report.html", "text/html"), true);
  assert.equal(canShare("export.json", "application/json"), false);
  const report = new Blob(["<p>"], { type: "text/html" });
  assert.equal(await shareFile(report, "report.html"), "Shared.");
  refusal = new DOMException("", "AbortError");
  assert.equal(await shareFile(report, "report.html"), "", "the person changed their mind");
  refusal = new DOMException("", "NotAllowedError");
  assert.match(await shareFile(report, "report.html"), /can't share the file, so it was saved/);
  assert.deepEqual([shared, saved], [["report.html"], ["file"]]);
});
