// The first message of a practice in front of the camera.
import type { Hello } from "../protocol/messages";
import type { Plan, RecordTarget } from "../records/records_client";
import type { SettingsValues } from "../profile/settings.svelte";
import type { ExerciseCounts } from "./done_exercise";

/** What belongs to a practice that has begun. */
interface Begun {
  target: RecordTarget | undefined;
  /** Its id in the records. */
  practice: number | null;
  /** Counted before the connection was lost. */
  carried: ExerciseCounts | undefined;
}

export function practiceHello(plan: Plan, settings: SettingsValues, begun: Begun): Hello {
  const { exercise, level, repetitions, then = [] } = plan;
  const { target, practice, carried } = begun;
  return {
    type: "hello",
    exercise,
    level,
    repetitions,
    // Only the voice leads from one exercise to the next.
    ...(then.length > 0 && settings.guided ? { then: [...then] } : {}),
    guided: settings.guided,
    camera: true,
    breath: settings.breath,
    ...target,
    ...(target && practice !== null ? { resume: practice } : {}),
    ...(carried ? { carried } : {}),
  };
}
