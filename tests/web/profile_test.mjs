// node --test tests/web/profile_test.mjs
// Who practises, with which plan, settings and reminders.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { FakeStorage, json, next, today, withServer } from "./fakes.mjs";
import { load, unload } from "./load.mjs";

after(unload);
const { messageOf, needsRest, Profile } = await load("profile/profile.svelte.ts");
const { OpenElsewhere } = await load("service/service.ts");
const { ServerService } = await load("service/server_service.ts");
const { parseSettings, Settings } = await load("profile/settings.svelte.ts");
const { canRemind, Reminder } = await load("profile/reminder.ts");

const KICK = {
  id: "single-leg-kick",
  name: "Single-leg kick",
  by_side: true,
  levels: [],
  faults: [],
};
const SWAN = {
  id: "swan-preparation",
  name: "Swan preparation",
  by_side: false,
  levels: [],
  faults: [],
};
const EXERCISES = { exercises: [KICK, SWAN] };
const ADA = { id: 3, name: "Ada", pin: false };
const IDA = { id: 4, name: "Ida", pin: true };

beforeEach(() => {
  globalThis.localStorage = new FakeStorage();
  globalThis.sessionStorage = new FakeStorage();
});

/** A server with these persons; `days` overrides what it says of a person. */
function server(persons, days = {}, changes = {}) {
  const all = [...persons];
  return (address, { body, headers = {} } = {}) => {
    const route = address.replace("/api/", "");
    const { pathname, searchParams } = new URL(route, "http://localhost/");
    if (pathname === "/persons") {
      if (body) all.push({ id: 9, name: JSON.parse(body).name, pin: false });
      return json({ persons: all });
    }
    if (pathname === "/unlock") {
      return JSON.parse(body).pin === "2468"
        ? json({ token: "secret" })
        : json({ error: "That is not the PIN." }, 403);
    }
    if (pathname === "/change") {
      const change = JSON.parse(body);
      if (change.change === "erase_person") {
        return json({ persons: all.filter(({ id }) => id !== change.person) });
      }
      return json(today({ ...changes[change.change] }));
    }
    if (pathname === "/exercises" && !searchParams.has("person")) return json(EXERCISES);
    const person = all.find(({ id }) => id === Number(searchParams.get("person")));
    if (person.pin && headers["Matside-Unlocked"] !== "secret") {
      return json({ error: "A PIN is needed." }, 403);
    }
    if (pathname === "/exercises") return json(EXERCISES);
    const exercise = searchParams.get("exercise");
    const ofOther = exercise === SWAN.id ? { next: next({ level: 0, repetitions: 3 }) } : {};
    return json(today({ person, ...ofOther, ...days[person.id] }));
  };
}

test("a first visit without a server needs no records to say welcome, a later one waits for them", () => {
  const inBrowser = new Profile({ home: "browser" });
  assert.equal(inBrowser.firstVisit, true);
  assert.equal(new Profile(new ServerService()).firstVisit, false);
  localStorage.setItem("matside.person", "3");
  assert.equal(inBrowser.firstVisit, false);
});

test("on the first run a name is asked for, then the safety page is shown", async () => {
  const profile = new Profile(new ServerService());
  await withServer(
    server([], { 9: { inform: true } }, { informed: { inform: false } }),
    async () => {
      await profile.open();
      assert.equal(profile.status, "first_run");
      await profile.add("Ada");
      assert.equal(profile.status, "safety");
      assert.equal(profile.person.name, "Ada");
      await profile.change({ change: "informed", person: 9 });
      assert.equal(profile.status, "ready");
    },
  );
});

test("a single person is chosen at once, of several the one who was chosen last", async () => {
  const alone = new Profile(new ServerService());
  await withServer(server([ADA]), () => alone.open());
  assert.equal(alone.person.id, 3);
  assert.deepEqual({ ...alone.plan }, { exercise: KICK.id, level: 1, repetitions: 5 });

  localStorage.entries.clear();
  const undecided = new Profile(new ServerService());
  const both = [ADA, { ...IDA, pin: false }];
  await withServer(server(both), () => undecided.open());
  assert.equal(undecided.status, "choose");
  await withServer(server(both), () => undecided.choose(both[1]));
  const again = new Profile(new ServerService());
  await withServer(server(both), () => again.open());
  assert.equal(again.person.id, 4);
});

test("a browser that forbids storage asks who practises each time", async () => {
  localStorage.forbidden = true;
  const both = [ADA, { ...IDA, pin: false }];
  const profile = new Profile(new ServerService());
  await withServer(server(both), async () => {
    await profile.open();
    await profile.choose(both[0]);
  });
  assert.equal(profile.status, "ready");
  const again = new Profile(new ServerService());
  await withServer(server(both), () => again.open());
  assert.equal(again.status, "choose");
});

test("a person with a PIN is not opened without it", async () => {
  const profile = new Profile(new ServerService());
  await withServer(server([IDA]), async () => {
    await profile.open();
    assert.equal(profile.status, "choose");
    assert.equal(profile.needsPin(IDA), true);
    await assert.rejects(profile.choose(IDA, "1357"), /not the PIN/);
    assert.equal(profile.status, "choose");
    await profile.choose(IDA, "2468");
    assert.equal(profile.status, "ready");
    assert.equal(profile.needsPin(IDA), false);
    await profile.leave();
    assert.equal(profile.status, "choose");
    assert.equal(profile.needsPin(IDA), true, "leaving locks");
  });
});

test("a person who was locked meanwhile must be opened again", async () => {
  const profile = new Profile(new ServerService());
  await withServer(server([ADA]), () => profile.open());
  const locked = () => json({ error: "A PIN is needed." }, 403);
  const { result } = await withServer(locked, () => profile.change({ change: "asked", person: 3 }));
  assert.equal(result, false);
  assert.equal(profile.status, "choose");
  assert.equal(profile.today, undefined);
  assert.equal(profile.error, "A PIN is needed.");
});

test("a refused change leaves everything as it was", async () => {
  const profile = new Profile(new ServerService());
  await withServer(server([ADA]), () => profile.open());
  const full = () => json({ error: "The disk is full." }, 507);
  const { result } = await withServer(full, () =>
    profile.change({ change: "name", person: 3, name: "Eda" }),
  );
  assert.equal(result, false);
  assert.equal(profile.error, "The disk is full.");
  assert.equal(profile.person.name, "Ada");
  await withServer(server([ADA]), () => profile.refresh());
  assert.equal(profile.error, "");
});

test("the plan is of the exercise that was chosen, now and when the page is opened again", async () => {
  const profile = new Profile(new ServerService());
  await withServer(server([ADA]), async () => {
    await profile.open();
    assert.equal(profile.exercise.name, "Single-leg kick");
    profile.plan = { ...profile.plan, then: [{ exercise: SWAN.id, level: 0, repetitions: 3 }] };
    await profile.chooseExercise(SWAN.id);
  });
  assert.equal(profile.exercise.name, "Swan preparation");
  assert.deepEqual({ ...profile.plan }, { exercise: SWAN.id, level: 0, repetitions: 3 });
  const again = new Profile(new ServerService());
  const { requests } = await withServer(server([ADA]), () => again.open());
  assert.equal(again.plan.exercise, SWAN.id);
  assert.ok(
    requests.some(({ address }) => address.endsWith("today?person=3&exercise=swan-preparation")),
  );
});

test("an exercise that is no longer installed gives way to the first one", async () => {
  localStorage.setItem("matside.exercise", "headstand");
  const profile = new Profile(new ServerService());
  await withServer(server([ADA]), () => profile.open());
  assert.equal(profile.plan.exercise, KICK.id);
});

test("an easier choice holds until the plan changes", async () => {
  const profile = new Profile(new ServerService());
  await withServer(server([ADA]), () => profile.open());
  profile.plan = { exercise: KICK.id, level: 0, repetitions: 2 };
  await withServer(server([ADA]), () => profile.refresh());
  assert.deepEqual({ ...profile.plan }, { exercise: KICK.id, level: 0, repetitions: 2 });
  await withServer(server([ADA], { 3: { next: next({ repetitions: 6 }) } }), () =>
    profile.refresh(),
  );
  assert.deepEqual({ ...profile.plan }, { exercise: KICK.id, level: 1, repetitions: 6 });
});

test("a server that does not answer is unreachable, one without records is not", async () => {
  const silent = new Profile(new ServerService());
  await withServer(
    () => Promise.reject(new TypeError()),
    () => silent.open(),
  );
  assert.equal(silent.status, "unreachable");
  assert.match(silent.error, /is not responding/);

  const profile = new Profile(new ServerService());
  const withoutRecords = (address) =>
    address.startsWith("/api/today")
      ? json(today({ person: { id: 0, name: "", pin: false }, inform: true }))
      : address === "/api/exercises"
        ? json(EXERCISES)
        : json({ error: "This server doesn't save records." }, 404);
  await withServer(withoutRecords, () => profile.open());
  assert.equal(profile.keepsRecords, false);
  assert.equal(profile.status, "safety");
  assert.equal(profile.recordTarget(2), undefined);
  await withServer(
    () => assert.fail("nothing to refresh"),
    () => profile.refresh(),
  );
});

test("a practice is recorded for the person, with what was answered before it", async () => {
  const profile = new Profile(new ServerService());
  assert.equal(profile.recordTarget(1), undefined);
  await withServer(server([IDA]), async () => {
    await profile.open();
    await profile.choose(IDA, "2468");
  });
  assert.deepEqual(profile.recordTarget(undefined), { person: 4, unlocked: "secret" });
  assert.deepEqual(profile.recordTarget(0, 12), {
    person: 4,
    comfort_before: 0,
    resume: 12,
    unlocked: "secret",
  });
});

test("the page stays unlocked when the person sets a PIN", async () => {
  const profile = new Profile(new ServerService());
  await withServer(server([ADA]), () => profile.open());
  const { requests, result } = await withServer(server([ADA]), () => profile.setPin("2468"));
  assert.equal(result, true);
  assert.deepEqual(
    requests.map(({ address }) => address),
    [`/api/change?exercise=${KICK.id}`, "/api/unlock"],
  );
  const removed = await withServer(server([ADA]), () => profile.setPin(""));
  assert.equal(removed.requests.length, 1);
});

test("erasing a person leads back to the others, or to the first run", async () => {
  const both = [ADA, { ...IDA, pin: false }];
  const profile = new Profile(new ServerService());
  await withServer(server(both), async () => {
    await profile.open();
    await profile.choose(ADA);
    await profile.erase();
  });
  assert.equal(profile.status, "choose");
  assert.deepEqual(
    profile.persons.map(({ id }) => id),
    [4],
  );
  const last = new Profile(new ServerService());
  await withServer(server([ADA]), async () => {
    await last.open();
    await last.erase();
  });
  assert.equal(last.status, "first_run");
  assert.equal(last.notice, "All data for Ada has been erased.");
});

test("a copy of erased data that is still on the disk is reported until it is gone", async () => {
  const profile = new Profile(new ServerService());
  const pending = { informed: { erasure_pending: true } };
  await withServer(server([ADA], {}, pending), async () => {
    await profile.open();
    assert.equal(profile.erasurePending, false);
    await profile.change({ change: "informed", person: ADA.id });
    assert.equal(profile.erasurePending, true);
    await profile.refresh();
    assert.equal(profile.erasurePending, false);
  });
  await withServer(
    () => json({ persons: [], erasure_pending: true }),
    async () => profile.erase(),
  );
  assert.equal(profile.status, "first_run");
  assert.equal(profile.erasurePending, true);
  assert.equal(profile.notice, "", "it is not said that everything is gone");
});

test("the server's number decides whether to rest", () => {
  assert.equal(needsRest(today({ rest_from: 6 }), 5), false);
  assert.equal(needsRest(today({ rest_from: 6 }), 6), true);
  assert.equal(needsRest(today({ rest_from: 4 }), 4), true);
});

test("a failure of any kind has words", () => {
  assert.equal(messageOf(new Error("no room")), "no room");
  assert.equal(messageOf("odd"), "odd");
});

test("invalid settings get their defaults", () => {
  const fresh = parseSettings(null);
  const odd = '{"voice":1,"breath":"sideways","text_size":9,"unknown":true,"camera":null}';
  for (const text of ["", "{", "3", "null", "[]", '"text"', odd, '{"__proto__":{"voice":1}}']) {
    assert.deepEqual(parseSettings(text), fresh, text);
  }
  assert.deepEqual(parseSettings('{"breath":"off","beat":true}'), {
    ...fresh,
    breath: "off",
    beat: true,
  });
  assert.equal(parseSettings('{"text_size":1.3}').text_size, 1.3);
});

test("settings are stored in the browser, where it allows that", () => {
  const settings = new Settings();
  settings.values.beat = true;
  settings.save();
  assert.equal(new Settings().values.beat, true);
  settings.reset();
  settings.save();
  assert.equal(new Settings().values.beat, false);
  localStorage.forbidden = true;
  settings.save();
  assert.deepEqual(new Settings().values, parseSettings(null));
});

test("a person's settings come with the person, and changes are sent once they rest", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const settings = new Settings();
  const sent = [];
  const follow = (id, stored) =>
    settings.follow({ person: { id }, settings: stored }, (change) => sent.push(change));
  follow(1, { voice: false, breath: "sideways", text_size: 9 });
  assert.equal(settings.values.voice, false);
  assert.equal(settings.values.breath, "out_on_kicks");
  settings.values.camera = "another";
  follow(1, {});
  t.mock.timers.tick(10_000);
  assert.deepEqual(sent, [], "a camera belongs to the browser");
  settings.values.beat = true;
  follow(1, {})();
  settings.values.guided = false;
  follow(1, {});
  t.mock.timers.tick(10_000);
  assert.equal(sent.length, 1);
  const [{ change, person, settings: values }] = sent;
  assert.deepEqual([change, person, values.beat, values.guided], ["settings", 1, true, false]);
  for (const name of ["camera", "text_size", "reminder"]) assert.equal(name in values, false);
  follow(2, { beat: false });
  assert.equal(settings.values.beat, false);
  assert.equal(sent.length, 1, "a person's own settings are no change");
});

const REST = {
  now: "2026-11-23T18:00:00+01:00",
  next: next({ today: false, not_before: "2026-11-23T19:00:00+01:00", level: 0, repetitions: 4 }),
};

function installNotifications(permission = "granted") {
  const shown = [];
  class Notification {
    static permission = permission;
    static requestPermission = () => Promise.resolve(permission);
    constructor(title, { body }) {
      shown.push(`${title}: ${body}`);
    }
  }
  Object.assign(globalThis, { Notification, isSecureContext: true });
  return shown;
}

test("the browser reminds once when the rest is over, if it may", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const shown = installNotifications();
  const reminder = new Reminder();
  reminder.watch(REST, KICK, false);
  reminder.watch(REST, KICK, true)();
  t.mock.timers.tick(3_600_000);
  assert.deepEqual(shown, []);
  reminder.watch(REST, KICK, true);
  t.mock.timers.tick(3_599_999);
  assert.deepEqual(shown, []);
  t.mock.timers.tick(1);
  assert.deepEqual(shown, [
    "Your rest is over: Next: level 0, 4 on each side, when you are ready.",
  ]);
  delete globalThis.Notification;
});

test("nothing is remembered of a rest that is over, too long or not allowed", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const shown = installNotifications();
  const reminder = new Reminder();
  reminder.watch({ ...REST, next: { ...REST.next, today: true } }, KICK, true);
  reminder.watch(
    { ...REST, next: { ...REST.next, not_before: "2027-11-23T19:00:00+01:00" } },
    KICK,
    true,
  );
  globalThis.Notification.permission = "denied";
  reminder.watch(REST, KICK, true);
  t.mock.timers.tick(40 * 24 * 3_600_000);
  assert.deepEqual(shown, []);
  delete globalThis.Notification;
});

test("reminders need a secure page and the person's permission", async () => {
  assert.equal(canRemind(), false);
  assert.equal(await new Reminder().ask(), false);
  installNotifications("denied");
  assert.equal(canRemind(), true);
  assert.equal(await new Reminder().ask(), false);
  installNotifications("granted");
  assert.equal(await new Reminder().ask(), true);
  globalThis.isSecureContext = false;
  assert.equal(canRemind(), false);
  delete globalThis.Notification;
});

test("records that are open in another tab can be taken over", async () => {
  const service = new ServerService();
  let elsewhere = true;
  let lost;
  const { request } = service;
  Object.assign(service, {
    request: (...asked) => {
      if (elsewhere) return Promise.reject(new OpenElsewhere("It is open in another tab."));
      return request(...asked);
    },
    onElsewhere: (listener) => (lost = listener),
    takeOver: () => (elsewhere = false),
  });
  const profile = new Profile(service);
  lost();
  await profile.open();
  assert.deepEqual([profile.status, profile.error], ["elsewhere", ""]);
  await withServer(server([ADA]), async () => {
    await profile.takeOver();
    assert.deepEqual([profile.status, profile.person.name], ["ready", "Ada"]);
    lost();
    assert.equal(profile.status, "elsewhere");
  });
});
