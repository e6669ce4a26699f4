/** What the caller got wrong: one sentence with what to type next. Ends with exit code 2. */
export class UsageError extends Error {}
