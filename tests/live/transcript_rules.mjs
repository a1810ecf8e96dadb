// What a practice's transcript must hold, as tests/clips/speech_transcript.cpp asks of the planner alone.

export const COUNT_WITHIN_S = 0.4;
export const SAFETY_WITHIN_S = 0.3;
export const LOWERING_SHARE = 1 / 3;
export const SHARE_MAX = 0.4;
/** The page hears of a foot's return a little after it. */
const EDGE_S = 0.4;

const spoken = (said) => said.filter(({ start_s }) => start_s !== null);

/** Which part of the practising time has speech, besides safety. */
export function speechShare({ said, stages }) {
  let practised_s = 0;
  let said_s = 0;
  let safety_s = 0;
  stages.forEach(({ stage, at_s }, index) => {
    if (stage !== "practising") return;
    const to_s =
      stages[index + 1]?.at_s ?? Math.max(...spoken(said).map(({ end_s }) => end_s ?? 0));
    practised_s += to_s - at_s;
    for (const { kind, start_s, end_s } of spoken(said)) {
      const lasts_s = Math.max(0, Math.min(end_s ?? start_s, to_s) - Math.max(start_s, at_s));
      if (kind === "safety") safety_s += lasts_s;
      else said_s += lasts_s;
    }
  });
  return practised_s > safety_s ? said_s / (practised_s - safety_s) : 0;
}

function violation(sentence, { said, repetitions }) {
  const { id, kind, due_s, start_s, dropped } = sentence;
  if (dropped !== null) {
    const saidLater = spoken(said).some((each) => each.id === id && each.start_s >= due_s);
    return ["safety", "instruction"].includes(kind) && dropped !== "repeated" && !saidLater
      ? `dropped: ${dropped}`
      : undefined;
  }
  if (start_s === null) return "never begun";
  if (kind === "safety" && start_s - due_s > SAFETY_WITHIN_S)
    return `${(start_s - due_s).toFixed(2)} s late`;
  const during = repetitions.find(
    (each) => start_s >= each.start_s && start_s < each.end_s - EDGE_S,
  );
  if (kind === "side" && during)
    return `the bend had begun ${(start_s - during.start_s).toFixed(2)} s before`;
  if (kind === "kick" && id.includes("lower") && during) {
    const share = (start_s - during.last_kick_s) / (during.end_s - during.last_kick_s);
    if (share >= LOWERING_SHARE) return `began after ${share.toFixed(2)} of the lowering`;
  }
  if (
    kind === "count" &&
    !repetitions.some(({ end_s }) => Math.abs(start_s - end_s) <= COUNT_WITHIN_S)
  )
    return "not at the foot's return";
  return undefined;
}

/** What breaks the rules, a line each. */
export function violations(practice) {
  const found = practice.said.flatMap((sentence) => {
    const what = violation(sentence, practice);
    return what === undefined
      ? []
      : [`${sentence.start_s ?? sentence.due_s} ${sentence.id}: ${what}`];
  });
  const share = speechShare(practice);
  if (share > SHARE_MAX) found.push(`speech for a share of ${share.toFixed(2)}`);
  return found;
}
