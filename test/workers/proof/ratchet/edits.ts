import { findRatchetFindings } from "../../../../src/workers/proof/ratchet/find-ratchet-findings.ts";
import { syntax } from "../../syntax.ts";
import { withText } from "./languages/uses.ts";
import { USES } from "./languages/uses-of-languages.ts";

/**
 * What a test of a language said before and says now (a line of it, `^` a mark above it, `=` the whole file; nothing: there is no
 * file), and line and rule of each finding.
 */
export type Edit = readonly [
  name: string,
  language: string,
  before: string | undefined,
  after: string | undefined,
  told: readonly string[],
];

export async function toldOf([, language, before, after]: Edit): Promise<readonly string[]> {
  const uses = USES[language];
  if (uses === undefined) throw new Error(`no such language: ${language}`);
  const write = (text: string) => withText(uses, "skip", text);
  const change = {
    path: uses.path,
    ...(before === undefined ? {} : { before: write(before) }),
    ...(after === undefined ? {} : { after: write(after) }),
  };
  return (await findRatchetFindings([change], syntax)).map(({ rule, line }) => `${line} ${rule}`);
}
