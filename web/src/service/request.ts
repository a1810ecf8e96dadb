// Requests to the server's /api, whose answers are described in src/protocol/records.schema.json.
import { NO_ANSWER } from "./no_answer";
import { RequestFailed, type RequestOptions } from "./service";

const UNLOCKED_HEADER = "Matside-Unlocked";

async function errorOf(answer: Response): Promise<RequestFailed> {
  try {
    const { error } = (await answer.json()) as { error?: unknown };
    if (typeof error === "string") return new RequestFailed(error, answer.status);
  } catch {
    // The answer is not from Matside.
  }
  if (answer.status === 401) {
    return new RequestFailed(
      "Matside no longer recognises this browser. Reload the page, or open the address that matside serve printed.",
      answer.status,
    );
  }
  return new RequestFailed("Something went wrong. Try again, or restart Matside.", answer.status);
}

/** As Service.request. */
export async function request(route: string, options: RequestOptions = {}): Promise<Response> {
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
    throw new RequestFailed(NO_ANSWER, 0);
  }
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}
