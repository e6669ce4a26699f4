import { stringify } from "yaml";
import type { Order } from "../../domain/order.ts";
import { type Crowd, wasSentBack } from "./answers.ts";

/** Asks for changes in two threads; writes a line of the default branch that the change writes, too. */
export type Visit = "review" | "move-base";

/** A life of the factory that chaos disturbs: what is asked, and how its workers answer. */
export interface Line {
  readonly about: string;
  /** How many issues are labeled, one after the other, before anything is played. */
  readonly issues: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly crowd: Pick<Crowd, "sendsBack" | "says"> & {
    /** Whether production breaks by a change that nobody has sent back yet. */
    readonly breaks: boolean;
  };
  /** What the person does of themselves on the open pull request before they merge it, in order. */
  readonly visits?: readonly Visit[];
  /** What the notes have to hold for the repository's own CI to be green; absent: it has none. */
  readonly ciAsks?: string;
  /** Of all that can go wrong in a long life only so much, spread over it; all by default. */
  readonly mostPoints?: number;
}

const CONFIG = {
  version: 1,
  checks: { lint: "npm run lint", test: { run: "npm test", report: "junit.xml" } },
  approve: "never",
  trust: { default: "scoped-autonomy" },
  limits: { attempts: 4, usdPerIssue: 5, usdPerDay: 5_000 },
};

const DEPLOYED = {
  ...CONFIG,
  smoke: {
    deploy: { workflow: "deploy.yml", sha: "https://example.com/version" },
    probes: [{ get: "https://example.com/health", expect: { status: 200 } }],
  },
};

const CALM: Line["crowd"] = {
  sendsBack: () => false,
  says: (order) => (wasSentBack(order) ? "Said again, better" : "Said"),
  breaks: false,
};

const CI_ASKS = "for consumers";

/** The coder follows its instructions: those of CI, and those of a review. */
function saysAsTold(order: Order): string {
  const told = order.kind === "line" ? order.prior.flatMap(({ findings }) => findings) : [];
  const isTold = (word: string) => told.some((finding) => finding.includes(word));
  return [
    "Said",
    ...(isTold("is red") ? [CI_ASKS] : []),
    ...(isTold("thanks") ? ["with thanks"] : []),
    ...(isTold("base-moved") ? ["anew"] : []),
  ].join(", ");
}

/** What of the caller GitHub reads: the twin takes a doorbell only with the inputs that it declares. */
const FACTORY = "on: { workflow_dispatch: { inputs: { issue: {}, mode: {} } } }\njobs: {}\n";

export const LINES = {
  happy: {
    about: "An issue from its label to done, deployed and seen live.",
    issues: 1,
    config: DEPLOYED,
    crowd: CALM,
  },
  rework: {
    about: "The reviewer sends the first change back.",
    issues: 1,
    config: CONFIG,
    crowd: { ...CALM, sendsBack: (order) => !wasSentBack(order) },
  },
  owned: {
    about: "CI is red, a person reviews and moves the base under the pull request, then merges it.",
    issues: 1,
    config: { ...CONFIG, trust: { default: "open-pr" }, limits: { ...CONFIG.limits, attempts: 6 } },
    crowd: { ...CALM, says: saysAsTold },
    visits: ["review", "move-base"],
    ciAsks: CI_ASKS,
    mostPoints: 520,
  },
  revert: {
    about: "The merge breaks production and is taken back; the next attempt holds.",
    issues: 1,
    config: DEPLOYED,
    crowd: { ...CALM, breaks: true },
    mostPoints: 520,
  },
  burst: {
    about: "Fifty issues are labelled at once.",
    issues: 50,
    config: CONFIG,
    crowd: CALM,
    mostPoints: 20,
  },
} as const satisfies Readonly<Record<string, Line>>;

export type LineName = keyof typeof LINES;

/** The files of the repository in which a line is played. */
export function filesOf(line: Line): Readonly<Record<string, string>> {
  return {
    "package.json": '{ "name": "notes", "private": true }\n',
    ".github/factory.yml": stringify(line.config),
    ".github/workflows/factory.yml": FACTORY,
    ".github/workflows/deploy.yml": "on: workflow_dispatch\njobs: {}\n",
    ...(line.ciAsks === undefined
      ? {}
      : { ".github/workflows/ci.yml": "on: pull_request\njobs: {}\n" }),
  };
}
