// Where the server keeps no records: one nameless person, forgotten with the page.
import { rules } from "../../../data/exercises/plan.json";
import { levelOf } from "../exercise/exercise";
import type { KnownPerson, PracticeDocument, Progress, Today } from "../protocol/records";
import { Refused, type Service, type Told } from "./records_service";

const NOBODY: KnownPerson = { id: 0, name: "", pin: false };
const refused = () => Promise.reject(new Refused("This Matside keeps no records.", 404));

export class MemoryService implements Service {
  readonly keeps = false;
  #informed = false;

  persons(): Promise<readonly KnownPerson[]> {
    return Promise.resolve([NOBODY]);
  }

  add(): Promise<KnownPerson> {
    return refused();
  }

  unlock(): Promise<void> {
    return refused();
  }

  token(): undefined {
    return undefined;
  }

  forget(): void {
    // There is nothing to forget.
  }

  today(): Promise<Today> {
    const first = levelOf(0);
    const now = new Date().toISOString();
    return Promise.resolve({
      person: NOBODY,
      now,
      next: {
        level: first.number,
        level_name: first.name,
        repetitions: first.repetitions_goal,
        not_before: now,
        today: true,
        ask_first: false,
        reasons: [],
      },
      inform: !this.#informed,
      ask_next_day: null,
      resumable: null,
      comfort_before_last: null,
      not_today_from: rules.comfort_not_today.value,
      not_today_rise: rules.comfort_rise.value,
      weeks_in_a_row: 0,
      this_week: 0,
      teacher_level: null,
      settings: {},
    });
  }

  change(_: number, told: Told): Promise<Today> {
    if (told.change === "informed") this.#informed = true;
    return this.today();
  }

  erase(): Promise<readonly KnownPerson[]> {
    return refused();
  }

  progress(): Promise<Progress> {
    return refused();
  }

  practice(): Promise<PracticeDocument> {
    return refused();
  }

  download(): Promise<Blob> {
    return refused();
  }

  bring(): Promise<number> {
    return refused();
  }
}
