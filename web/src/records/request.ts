// Requests to the server's /api, whose answers are described in src/server/records.schema.json.
import { NO_ANSWER } from "../protocol/no_answer";
import { RecordsError } from "./records_client";

const UNLOCKED_HEADER = "Matside-Unlocked";

async function errorOf(answer: Response): Promise<RecordsError> {
  try {
    const { error } = (await answer.json()) as { error?: unknown };
    if (typeof error === "string") return new RecordsError(error, answer.status);
  } catch {
    // The answer is not from Matside.
  }
  if (answer.status === 401) {
    return new RecordsError(
      "Matside no longer recognises this browser. Reload the page, or open the address that matside serve printed.",
      answer.status,
    );
  }
  return new RecordsError("Something went wrong. Try again, or restart Matside.", answer.status);
}

/** @param token unlocks a person with a PIN. Throws RecordsError. */
export async function request(
  route: string,
  options: { body?: Blob | string; token?: string | undefined } = {},
): Promise<Response> {
  const { body, token } = options;
  const headers = {
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(token === undefined ? {} : { [UNLOCKED_HEADER]: token }),
  };
  let answer: Response;
  try {
    answer = await fetch(`/api/${route}`, {
      headers,
      cache: "no-store",
      ...(body === undefined ? {} : { method: "POST", body }),
    });
  } catch {
    throw new RecordsError(NO_ANSWER, 0);
  }
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}
