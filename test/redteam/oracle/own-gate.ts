import picomatch from "picomatch";
import type { HandedOver, OrderSeen, PieceSeen } from "./handed-over.ts";
import { digestOfJson } from "./handed-over.ts";

/**
 * What must be true of a change before it is published, written down anew from the threats (QA-01 … QA-09, AG-22, DEP-01 …
 * DEP-03, GOV-02, EV-03): nothing of the gate is asked, so that a gap in it is seen.
 */
export function faultsOf(handed: HandedOver): readonly string[] {
  return [
    ...faultsOfBytes(handed),
    ...faultsOfChecks(handed),
    ...faultsOfTests(handed),
    ...faultsOfNoticing(handed),
    ...faultsOfVerdict(handed),
    ...faultsOfPaths(handed),
  ];
}

const when = (holds: boolean, fault: string): readonly string[] => (holds ? [fault] : []);

/** All three answer this order, and speak of one tree on one base. */
function faultsOfBytes({ order, implement, verify, review }: HandedOver): readonly string[] {
  const digest = digestOfJson(order);
  const subjects = [
    verify.subject,
    review.verdict.subject,
    ...verify.evidence.map(({ subject }) => subject),
  ];
  return [
    ...when(
      [implement, verify, review].some((answer) => answer.order !== digest),
      "an answer to another order",
    ),
    ...when(
      subjects.some(({ base, tree }) => base !== order.base || tree !== verify.subject.tree),
      "evidence or a verdict about other bytes",
    ),
  ];
}

/** Every check of the config ran on the change and passed; one that fails on the base may fail in the same tests. */
function faultsOfChecks({ order, verify }: HandedOver): readonly string[] {
  const runs = verify.evidence.filter(({ kind }) => kind === "check");
  return Object.keys(order.config.checks)
    .filter((name) => name !== "setup")
    .flatMap((name) => {
      const own = runs.filter((run) => run.name === name && run.on === "change");
      const base = runs.find((run) => run.name === name && run.on === "base");
      const red = own.filter(({ status }) => status !== "passed");
      return [
        ...when(own.length === 0, `the check ${name} never ran`),
        ...when(
          red.some((run) => !failsAlike(run, base)),
          `the check ${name} failed`,
        ),
      ];
    });
}

function failsAlike(run: PieceSeen, base: PieceSeen | undefined): boolean {
  const failing = (piece: PieceSeen | undefined) =>
    (piece?.tests ?? []).flatMap(({ name, status }) => (status === "failed" ? [name] : []));
  const before = failing(base);
  const now = failing(run);
  const alike = [...(base?.tests ?? []), ...(run.tests ?? [])].some(
    ({ name, several }) => several !== undefined && now.includes(name),
  );
  // Several results of one name: nobody can tell that the same one fails.
  return !alike && run.status === "failed" && now.length > 0 && isWithin(now, before);
}

function isWithin(some: readonly string[], all: readonly string[]): boolean {
  return some.every((one) => all.includes(one));
}

/** No test was lost, and where a criterion asks for a test one failed before or is new. */
function faultsOfTests({ order, verify }: HandedOver): readonly string[] {
  const compared = verify.evidence.filter(({ kind }) => kind === "test-comparison");
  const lost = compared.flatMap(({ passToFail = [], gone = [], newFailing = [] }) => [
    ...passToFail,
    ...gone,
    ...newFailing,
  ]);
  const shows = compared.some(
    ({ source, failToPass = [], new: fresh = [] }) =>
      source === "exit-code" || failToPass.length + fresh.length > 0,
  );
  const { acceptance } = order.contract;
  const unseen = acceptance.filter(
    ({ id }) => !verify.evidence.some(({ criterion }) => criterion === id),
  );
  return [
    ...when(lost.length > 0, `tests were lost: ${lost.slice(0, 3).join(", ")}`),
    ...when(
      acceptance.some(({ kind }) => kind === "changes") && !shows,
      "no test shows what the change brings",
    ),
    ...unseen.map(({ id }) => `nobody looked for a proof of ${id}`),
  ];
}

/** Where the config wants a share of the changed lines missed when taken back, one answer says that it is so (EV-07). */
function faultsOfNoticing({ order, verify }: HandedOver): readonly string[] {
  const wanted = order.config.gate?.noticed;
  if (wanted === undefined) return [];
  const said = verify.evidence.flatMap(({ kind, lines }) => (kind === "noticed" ? [lines] : []));
  const [lines] = said;
  if (lines === undefined || said.length !== 1) return [`${said.length} answers on noticed lines`];
  return when(
    lines.byTests + lines.byCompiler < wanted * lines.changed,
    `fewer than ${wanted} of the changed lines are noticed`,
  );
}

/** A reviewer approved, named no blocker, and judged every criterion met, each time it spoke of it. */
function faultsOfVerdict({ order, review: { verdict } }: HandedOver): readonly string[] {
  const unmet = order.contract.acceptance.filter(({ id }) => {
    const said = verdict.criteria.filter((one) => one.id === id);
    return said.length === 0 || said.some(({ answer }) => answer !== "yes");
  });
  return [
    ...when(verdict.decision !== "approve", `the verdict is ${verdict.decision}`),
    ...when(
      verdict.findings.some(({ severity }) => severity === "blocker"),
      "the reviewer named a blocker",
    ),
    ...unmet.map(({ id }) => `${id} was not judged to be met`),
  ];
}

/** Names of files that say which packages are fetched, in any folder and any letters (threats DEP-01, DEP-02). */
const DEPENDENCIES =
  /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.(json|lock)|[\w-]*requirements[\w-]*\.txt|environment\.ya?ml|pyproject\.toml|poetry\.lock|uv\.lock|pipfile(\.lock)?|setup\.(py|cfg)|go\.(mod|sum|work)|cargo\.(toml|lock)|pom\.xml|(build|settings)\.gradle(\.kts)?|gemfile(\.lock)?|[\w-]+\.gemspec|composer\.(json|lock)|mix\.(exs|lock)|[\w.-]+\.csproj)$/;

/** Sizes, places that the config keeps shut, and packages that nobody approved. */
function faultsOfPaths({ order, implement, verify }: HandedOver): readonly string[] {
  const { files } = implement.changeSet;
  const { limits, trust } = order.config;
  const fetched = files.filter(({ path }) => DEPENDENCIES.test(path.toLowerCase()));
  return [
    ...when(verify.changedLines > limits.changedLines, `${verify.changedLines} changed lines`),
    ...files
      .filter(({ path }) => levelOf(path, trust) === "read-only")
      .map(({ path }) => `${path} is read-only`),
    ...when(
      fetched.length > 0 && order.approvedDependencies.length === 0,
      `packages that nobody approved: ${fetched.map(({ path }) => path).join(", ")}`,
    ),
  ];
}

/** The last scope that names a path decides. */
function levelOf(path: string, { default: usual, scopes }: OrderSeen["config"]["trust"]): string {
  const options = { dot: true, nocase: true };
  const scope = scopes.findLast(({ paths }) => picomatch.isMatch(path, [...paths], options));
  return scope?.level ?? usual;
}

/** Prose, pictures and tests by how files end, wherever they lie: all that may merge or begin as of no risk. */
const PLAIN = /\.(md|markdown|rst|adoc|png|jpe?g|gif|webp)$|[._-](test|spec)\.[cm]?[jt]sx?$/i;

/** Why a person had to be asked before work began, where only what is risky asks one. */
export function faultsOfUnasked({ order, implement }: HandedOver): readonly string[] {
  if (order.config.approve !== "when-risky") return [];
  return implement.changeSet.files
    .filter(({ path }) => !PLAIN.test(path))
    .map(({ path }) => `${path} is no prose, picture or test`);
}

/** Folders and files of sign-in, money and stored data, by the words that stand in their names. */
const GRAVE = /(^|[/._-])(auth|oauth|login|payments?|billing|migrations?)([/._-]|$)/i;

/** Why this is of high risk whatever else it is: its size, or what it is about. */
export function faultsOfHighRisk({ implement, verify }: HandedOver): readonly string[] {
  const grave = implement.changeSet.files.filter(({ path }) => GRAVE.test(path));
  return [
    ...when(verify.changedLines > 400, `${verify.changedLines} changed lines`),
    ...grave.map(({ path }) => `${path} is about sign-in, money or stored data`),
  ];
}

/** Why the factory may not merge this by itself: the config trusts it less, or tests leave a doubt. */
export function faultsOfOwnMerge({ order, implement, verify }: HandedOver): readonly string[] {
  const levels = implement.changeSet.files.map(
    ({ path }) => [path, levelOf(path, order.config.trust)] as const,
  );
  const doubted = verify.evidence.flatMap(({ altered = [], removed = [], unstable = [] }) => [
    ...altered,
    ...removed,
    ...unstable,
  ]);
  const unproven = order.contract.acceptance.filter(({ id, kind }) =>
    verify.evidence.some(
      ({ criterion, status }) => kind !== "judgement" && criterion === id && status !== "proven",
    ),
  );
  return [
    ...unproven.map(({ id }) => `nothing proves ${id}`),
    ...levels
      .filter(
        ([path, level]) =>
          !["scoped-autonomy", "full-factory"].includes(level) &&
          !(level === "auto-merge-low-risk" && PLAIN.test(path)),
      )
      .map(([path, level]) => `${path} is at ${level}`),
    ...when(doubted.length > 0, `old tests are other than they were: ${doubted.join(", ")}`),
  ];
}
