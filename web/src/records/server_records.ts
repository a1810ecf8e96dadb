// Records kept by the server: /api of server/records.schema.json.
import type {
  ErasePerson,
  Imported,
  KnownPerson,
  NewPerson,
  Persons,
  PracticeDocument,
  Progress,
  Today,
  Unlock,
  Unlocked,
} from "../protocol/records";
import { type Download, Refused, type Service, type Told } from "./records_service";

const NO_ANSWER = "Matside does not answer. Is it still running?";
const PLACE = "matside.unlocked";
const HEADER = "Matside-Unlocked";

/** The tokens of the persons this page was let in to, kept until it is closed. */
class Tokens {
  #tokens: Record<string, string> = {};

  constructor() {
    try {
      this.#tokens = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}") as Record<string, string>;
    } catch {
      // Forbidden by the browser: they last as long as the page.
    }
  }

  of(person: number): string | undefined {
    return this.#tokens[person];
  }

  set(person: number, token: string | undefined): void {
    if (token === undefined) delete this.#tokens[person];
    else this.#tokens[person] = token;
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(this.#tokens));
    } catch {
      // As above.
    }
  }
}

async function refusal(answer: Response): Promise<Refused> {
  try {
    const { error } = (await answer.json()) as { error?: unknown };
    if (typeof error === "string") return new Refused(error, answer.status);
  } catch {
    // Not one of ours.
  }
  return new Refused("Matside could not do that. Try again, or start it again.", answer.status);
}

export class ServerService implements Service {
  readonly keeps = true;
  readonly #tokens = new Tokens();

  async persons(): Promise<readonly KnownPerson[]> {
    return (await this.#read<Persons>("persons")).persons;
  }

  async add(name: string): Promise<KnownPerson> {
    const asked: NewPerson = { name };
    const { persons } = await this.#send<Persons>("persons", asked);
    const [newest] = [...persons].sort((a, b) => b.id - a.id);
    if (!newest) throw new Refused("Nobody was added. Try again.", 404);
    return newest;
  }

  async unlock(person: number, pin: string): Promise<void> {
    const asked: Unlock = { person, pin };
    this.#tokens.set(person, (await this.#send<Unlocked>("unlock", asked)).token);
  }

  token(person: number): string | undefined {
    return this.#tokens.of(person);
  }

  forget(person: number): void {
    this.#tokens.set(person, undefined);
  }

  today(person: number): Promise<Today> {
    return this.#read(`today?person=${person}`, person);
  }

  change(person: number, told: Told): Promise<Today> {
    return this.#send("change", told, person);
  }

  async erase(person: number): Promise<readonly KnownPerson[]> {
    const told: ErasePerson = { change: "erase_person", person };
    const { persons } = await this.#send<Persons>("change", told, person);
    this.forget(person);
    return persons;
  }

  progress(person: number): Promise<Progress> {
    return this.#read(`progress?person=${person}`, person);
  }

  practice(person: number, id: number): Promise<PracticeDocument> {
    return this.#read(`practice?id=${id}`, person);
  }

  async download(person: number, what: Download): Promise<Blob> {
    return (await this.#ask(`${what}?person=${person}`, {}, person)).blob();
  }

  async bring(person: number, file: Blob): Promise<number> {
    const answer = await this.#ask(`import?person=${person}`, { method: "POST", body: file }, person);
    return ((await answer.json()) as Imported).practices;
  }

  async #read<T>(route: string, person?: number): Promise<T> {
    return (await (await this.#ask(route, {}, person)).json()) as T;
  }

  async #send<T>(route: string, body: object, person?: number): Promise<T> {
    const answer = await this.#ask(route, { method: "POST", body: JSON.stringify(body) }, person);
    return (await answer.json()) as T;
  }

  async #ask(route: string, how: RequestInit, person?: number): Promise<Response> {
    const token = person === undefined ? undefined : this.token(person);
    const headers = {
      ...(how.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { [HEADER]: token }),
    };
    let answer: Response;
    try {
      answer = await fetch(`/api/${route}`, { ...how, headers, cache: "no-store" });
    } catch {
      throw new Refused(NO_ANSWER, 0);
    }
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }
}
