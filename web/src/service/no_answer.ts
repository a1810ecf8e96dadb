/** Shown when the server can't be reached. */
export const NO_ANSWER = "Matside is not responding. Check that it is running, then try again.";
