/** A workflow file that GitHub would call invalid: no job of it ever starts. One sentence per line. */
export class InvalidWorkflow extends Error {
  override readonly name = "InvalidWorkflow";
}

/** Each file is valid, but not all together: the whole run fails before its first job. */
export class StartupFailure extends Error {
  override readonly name = "StartupFailure";
}

/** An unsupported feature of a job or a step; the message names an alternative. */
export class StepFailure extends Error {
  override readonly name = "StepFailure";
}
