import { stringify } from "yaml";
import { type Crowd, wasSentBack } from "./answers.ts";

/** A life of the factory that chaos disturbs: what is asked, and how its workers answer. */
export interface Line {
  readonly about: string;
  /** How many issues are labelled, one after the other, before anything is played. */
  readonly issues: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly crowd: Pick<Crowd, "sendsBack"> & {
    /** Whether production breaks by a change that nobody has sent back yet. */
    readonly breaks: boolean;
  };
  /** Of all that can go wrong in a long life only so much, evenly spread; all by default. */
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

const CALM = { sendsBack: () => false, breaks: false };

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
  revert: {
    about: "The merge breaks production and is taken back; the next attempt holds.",
    issues: 1,
    config: DEPLOYED,
    crowd: { ...CALM, breaks: true },
  },
  burst: {
    about: "Fifty issues are labelled at once.",
    issues: 50,
    config: CONFIG,
    crowd: CALM,
    mostPoints: 12,
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
  };
}
