import type { Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { configFindings } from "./rules/config-rules.ts";
import { githubFindings } from "./rules/github-rules.ts";
import { sharedFindings } from "./rules/shared-rules.ts";
import { workflowFindings } from "./rules/workflow-rules.ts";

/** Everything that doctor says, in the order in which it is read. Pure. */
export function diagnose(facts: Facts): readonly Finding[] {
  return [
    ...configFindings(facts),
    ...sharedFindings(facts),
    ...workflowFindings(facts),
    sandboxFinding(facts),
    ...githubFindings(facts),
  ];
}

function sandboxFinding({ sandbox }: Facts): Finding {
  const about = "sandbox on this machine";
  if ("known" in sandbox) {
    return {
      about,
      state: "good",
      found: "commands can be isolated, so rehearse and init can try checks here",
    };
  }
  return {
    about,
    state: "warning",
    found: sandbox.unknown,
    why: "Only rehearsals on this machine need it; GitHub's runners have their own.",
    mend: "`sudo apt-get install bubblewrap`",
  };
}
