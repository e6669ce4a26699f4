import type { Attack } from "./attack.ts";
import { AG } from "./attacks/ag.ts";
import { ALERT } from "./attacks/alert.ts";
import { DEP } from "./attacks/dep.ts";
import { EV } from "./attacks/ev.ts";
import { GIT } from "./attacks/git.ts";
import { GIT_BYTES } from "./attacks/git-bytes.ts";
import { GOV } from "./attacks/gov.ts";
import { GOV_UNASKED } from "./attacks/gov-unasked.ts";
import { IN } from "./attacks/in.ts";
import { IN_SIZE } from "./attacks/in-size.ts";
import { IN_STARTED } from "./attacks/in-started.ts";
import { NET } from "./attacks/net.ts";
import { OUT } from "./attacks/out.ts";
import { PER } from "./attacks/per.ts";
import { PROD } from "./attacks/prod.ts";
import { QA_GATES } from "./attacks/qa-gates.ts";
import { QA_MERGES } from "./attacks/qa-merges.ts";
import { QA_SHARED } from "./attacks/qa-shared.ts";
import { QA_TESTS } from "./attacks/qa-tests.ts";
import { RT } from "./attacks/rt.ts";
import { WF } from "./attacks/wf.ts";

/** All attacks, family by family. */
export const CATALOGUE: readonly Attack[] = [
  ...AG,
  ...IN,
  ...EV,
  ...WF,
  ...RT,
  ...NET,
  ...GIT,
  ...GIT_BYTES,
  ...OUT,
  ...DEP,
  ...QA_TESTS,
  ...QA_SHARED,
  ...QA_GATES,
  ...QA_MERGES,
  ...PROD,
  ...ALERT,
  ...PER,
  ...GOV,
  ...GOV_UNASKED,
  ...IN_SIZE,
  ...IN_STARTED,
];
