import type { Figure } from "../../../measures/figure.ts";
import type { Review } from "../../../measures/review/review.ts";
import { counted, sayMinute } from "../../figures.ts";
import { sayReasonOfCause } from "./learning-section.ts";
import { shortId } from "./sources.ts";
import {
  FIGURE_WORDS,
  type FigureName,
  SOURCE_WORDS,
  sayAttention,
  sayNumber,
  sayReason,
  sayUntold,
  sayValue,
} from "./words.ts";

const NAME = 34;
const SHOWN = 4;

/** The review for a terminal: every figure, what it was counted from in brief, and why one is missing. Plain text. */
export function sayReview(review: Review): string {
  const { repository, window, source, delivery, efficiency, vigilance } = review;
  return [
    `Operational review of ${repository}`,
    `  ${sayMinute(window.from)} to ${sayMinute(window.until)}, from ${SOURCE_WORDS[source]}`,
    ...group("Look at", sayLookAt(review)),
    ...group("Delivery", figures({ ...delivery })),
    ...group("Funnel", sayFunnel(review)),
    ...group("Efficiency", figures({ ...efficiency })),
    ...group("Reliability and trust", [
      ...figures({ stopped: vigilance.stopped, escaped: vigilance.escaped }),
      ...sayStops(review),
      ...sayTrust(review),
    ]),
    ...group("Vigilance", [
      ...figures({ comprehensionDebt: vigilance.comprehensionDebt }),
      ...vigilance.debt
        .slice(0, SHOWN)
        .map(({ area, unopened, merged }) =>
          row(`  in ${area}`, `${sayValue(unopened)} of ${sayValue(merged)}`),
        ),
      ...sayOwners(review),
    ]),
    ...group("Mistakes", sayMistakes(review)),
    ...group("Initiatives", sayInitiatives(review)),
    "",
  ].join("\n");
}

function group(title: string, lines: readonly string[]): readonly string[] {
  return ["", title, ...lines.map((line) => `  ${line}`)];
}

function row(name: string, value: string, more = ""): string {
  return `${name.padEnd(NAME)} ${value}${more === "" ? "" : `  ${more}`}`;
}

function figures(named: Readonly<Partial<Record<FigureName, Figure>>>): readonly string[] {
  const pairs = Object.entries(named) as readonly (readonly [FigureName, Figure])[];
  const known = pairs.flatMap(([name, figure]) =>
    "unknown" in figure ? [] : [row(FIGURE_WORDS[name][0], sayValue(figure), from(figure))],
  );
  return [...known, ...sayUnknown(pairs)];
}

/** What nobody tells, by the reason, so that each reason is read once. */
function sayUnknown(pairs: readonly (readonly [FigureName, Figure])[]): readonly string[] {
  const untold = pairs.flatMap(([name, figure]) =>
    "unknown" in figure ? [[sayUntold(figure.unknown), FIGURE_WORDS[name][0]] as const] : [],
  );
  return [...Map.groupBy(untold, ([because]) => because)].map(
    ([because, own]) => `? unknown, ${because}: ${own.map(([, name]) => name).join(", ")}`,
  );
}

function from(figure: Exclude<Figure, { readonly unknown: unknown }>): string {
  const { from: ids, among } = figure;
  if (ids.length === 0 && among === undefined) return "";
  const shown = ids.slice(0, SHOWN).map(shortId).join(" ");
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : "";
  const of = among === undefined ? "" : `${ids.length} of ${among.length}`;
  const parts = [of, `${shown}${more}`].filter((part) => part !== "");
  return `(${parts.join(": ")})`;
}

function sayLookAt({ attention }: Review): readonly string[] {
  if (attention.length === 0) return ["nothing of what this report looks for"];
  return attention.map((one, index) => {
    const ids = one.from.slice(0, SHOWN).map(shortId).join(" ");
    return `${index + 1}. ${sayAttention(one)} ${ids}${one.from.length > SHOWN ? " …" : ""}`;
  });
}

function sayFunnel({ funnel }: Review): readonly string[] {
  return [
    ...funnel.rows.map(({ stage, reached, stood }) =>
      row(
        stage,
        sayValue(reached).padStart(4),
        stood === undefined ? "" : `stood there ${sayValue(stood)}`,
      ),
    ),
    ...figures({ attempts: funnel.attempts, sentBack: funnel.sentBack }),
    ...funnel.sendBackReasons
      .slice(0, SHOWN)
      .map(({ reason, times }) => row(`  sent back: ${sayReason(reason)}`, `${times}`)),
    ...funnel.refusals
      .slice(0, SHOWN)
      .map(({ reason, times }) => row(`  refused: ${reason}`, `${times}`)),
  ];
}

function sayMistakes({ learning: { causes, ...rest } }: Review): readonly string[] {
  const named = causes.slice(0, SHOWN).map(({ reason, times, from: ids }) => {
    const where = ids.slice(0, SHOWN).join(" ");
    return row(`  ${sayReasonOfCause(reason)}`, `${times}`, `(${where})`);
  });
  return [...figures(rest), ...named];
}

function sayStops({ vigilance: { stops } }: Review): readonly string[] {
  if ("untold" in stops) return [row("Andons", "unknown", `(${sayUntold(stops.untold)})`)];
  return stops.known.map(({ issue, raisedAt, ms, liftedAt }) =>
    row(
      `Andon #${issue}`,
      sayNumber("ms", ms),
      `(from ${sayMinute(raisedAt)}${liftedAt === undefined ? ", still up" : ""})`,
    ),
  );
}

function sayTrust({ vigilance: { trust } }: Review): readonly string[] {
  if ("untold" in trust)
    return [row("Changes of trust", "unknown", `(${sayUntold(trust.untold)})`)];
  return trust.known.map(({ scope, from: before = "new", to = "gone", commit }) =>
    row(`Trust of ${scope}`, `${before} → ${to}`, `(${shortId(commit)})`),
  );
}

function sayOwners({ vigilance: { owners, automations } }: Review): readonly string[] {
  const gaps =
    "untold" in owners
      ? [row("Owners", "unknown", `(${sayUntold(owners.untold)})`)]
      : owners.known
          .filter(({ unowned }) => unowned.length > 0)
          .slice(0, SHOWN)
          .map(({ area, files, unowned }) =>
            row(`Without an owner in ${area}`, `${unowned.length} of ${counted(files, "file")}`),
          );
  const dead = "known" in automations ? automations.known.filter(({ isDead }) => isDead) : [];
  return [...gaps, ...dead.map(({ name }) => row("Fails whenever it is started", name))];
}

function sayInitiatives({ initiatives }: Review): readonly string[] {
  if ("untold" in initiatives) return [`unknown (${sayUntold(initiatives.untold)})`];
  if (initiatives.known.length === 0) return ["none: no milestone, no label initiative:NAME"];
  return initiatives.known.map(({ name, done, planned, stalled }) =>
    row(name, `${sayValue(done)} of ${sayValue(planned)} done`, `${sayValue(stalled)} stalled`),
  );
}
