import type { Attack } from "./attack.ts";
import { AG } from "./attacks/ag.ts";
import { DEP } from "./attacks/dep.ts";
import { EV } from "./attacks/ev.ts";
import { GIT } from "./attacks/git.ts";
import { GOV } from "./attacks/gov.ts";
import { NET } from "./attacks/net.ts";
import { OUT } from "./attacks/out.ts";
import { RT } from "./attacks/rt.ts";
import { WF } from "./attacks/wf.ts";

/** All attacks, family by family. */
export const CATALOGUE: readonly Attack[] = [
  ...AG,
  ...EV,
  ...WF,
  ...RT,
  ...NET,
  ...GIT,
  ...OUT,
  ...DEP,
  ...GOV,
];
