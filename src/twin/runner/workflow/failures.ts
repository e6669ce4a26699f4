/** A workflow file that GitHub would call invalid: no job of it ever starts. One sentence per line. */
export class InvalidWorkflow extends Error {
  override readonly name = "InvalidWorkflow";
}

/** The files are valid one by one, but not together: the whole run fails before its first job. */
export class StartupFailure extends Error {
  override readonly name = "StartupFailure";
}

/** What a job or a step cannot do in the twin; the message says what can be done instead. */
export class StepFailure extends Error {
  override readonly name = "StepFailure";
}
