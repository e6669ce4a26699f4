/** Prefix of every branch of the conformance workflow. It writes to nothing else in a repository. */
export const CANARY = "factory-canary/";
/** Prefix of its labels, check runs and files. */
export const CANARY_NAME = "factory-canary";

/** Names of one run: two runs, or two attempts of one, share none. */
export interface Canary {
  readonly base: string;
  readonly head: string;
  readonly label: string;
  readonly check: string;
  readonly marker: string;
}

export function canaryOf(run: { readonly id: number; readonly attempt: number }): Canary {
  const name = `${run.id}-${run.attempt}`;
  return {
    base: `${CANARY}${name}/base`,
    head: `${CANARY}${name}/head`,
    label: `${CANARY_NAME}-${name}`,
    check: `${CANARY_NAME}-${name}`,
    marker: `<!-- ${CANARY_NAME} ${name} -->`,
  };
}
