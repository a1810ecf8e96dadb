/** Shown when the server can't be reached. */
export const NO_ANSWER = "Matside does not answer. Is it still running?";
