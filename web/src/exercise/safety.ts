// Who should see a professional first, and what to say about comfort: data/exercises/safety.en.json, typed.
import safety from "../../../data/exercises/safety.en.json";

export interface SafetyList {
  title: string;
  text: string;
  items: readonly { text: string; source: string }[];
}

export const PAGE = safety.page;
export const EMERGENCY: SafetyList = safety.emergency;
export const ASK_FIRST: SafetyList = safety.ask_first;
export const EASIER: SafetyList = safety.easier;
export const NOT_TODAY = safety.not_today;
export const AFTER = safety.after;
