import type { Config } from "../../../domain/config/schema.ts";
import type { Risk } from "../../../domain/trust/risk.ts";
import { whoMerges } from "../../../domain/trust/who-merges.ts";
import { type Expected, expectedBy } from "../../../measures/expected.ts";
import type { Consequences } from "../../../wording/consequences.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { readFound } from "../../observed/turns/other-ledgers.ts";

/** Consequences of approving a contract: who merges, what is deployed, and the expected cost and time. */
export function consequencesOf(view: OnIssue, { config, risk }: Weighed): Consequences {
  const { deploy, probes } = config.smoke;
  const expected = expectedOf(view);
  return {
    merges: whoMerges(config, { risk, sealed: view.input.sealKey !== undefined }),
    ...(deploy?.workflow === undefined ? {} : { deploys: deploy.workflow }),
    isSeen: deploy !== undefined || probes.length > 0,
    limits: config.limits,
    ...(expected === undefined ? {} : { expected }),
  };
}

interface Weighed {
  readonly config: Config;
  readonly risk: Risk;
}

/** Estimated from the newest ledgers of other issues. An untrusted ledger is skipped, because the estimate only informs. */
function expectedOf(view: OnIssue): Expected | undefined {
  const { ledgers } = view.snapshot;
  if (ledgers === undefined || "unknown" in ledgers) return undefined;
  const others = ledgers.known.filter(({ issue }) => issue !== view.issue.number);
  return expectedBy(
    [...Map.groupBy(others, ({ issue }) => issue).values()].flatMap(([found, another]) => {
      const read =
        found === undefined || another !== undefined ? undefined : readFound(found, view);
      return read !== undefined && "known" in read ? [read.known] : [];
    }),
  );
}
