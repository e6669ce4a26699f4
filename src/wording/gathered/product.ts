import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";
import type { ProductFinding } from "../../gatherers/product/finding.ts";
import type { Seen } from "../../gatherers/product/seen.ts";
import { codeSpan } from "../inert-words.ts";
import { gathered, keyed, titled } from "./bounded.ts";

interface Told {
  readonly seen: Seen;
  /** Where a picture is. */
  readonly where: (file: string) => string;
}

/** What the key, the title and the evidence of a finding say. */
interface Said {
  readonly rule: string;
  readonly selector: string;
  readonly title: string;
  readonly found: string;
  readonly at: string;
  readonly output: string;
}

/** The items of the product improver, each with the picture of its page. A person decides about them. */
export function productItems(findings: readonly ProductFinding[], told: Told): Gathered {
  const { pages } = told.seen;
  return gathered(
    findings.map((finding) => itemOf(finding, told)),
    {
      pages: pages.length,
      accessibility: findings.filter(({ kind }) => kind === "accessibility").length,
      exceptions: findings.filter(({ kind }) => kind === "exception").length,
      "console-errors": findings.filter(({ kind }) => kind === "console").length,
      "failed-requests": findings.filter(({ kind }) => kind === "request").length,
      "failed-steps": findings.filter(({ kind }) => kind === "step").length,
      "blocked-hosts": new Set(pages.flatMap(({ blocked }) => blocked)).size,
    },
  );
}

function itemOf(finding: ProductFinding, { seen, where }: Told): GatheredItem {
  const { page } = finding;
  const said = sayFinding(finding);
  const { picture } = page;
  const pictured =
    picture === undefined
      ? []
      : [
          {
            what: `picture of the page ${page.name}`,
            at: where(picture.file),
            output: `sha256 ${picture.sha256}`,
          },
        ];
  return {
    key: keyed(said.rule, page.name, said.selector),
    title: titled(`${page.name}: ${said.title}`),
    body: cut(
      `${said.found}\n\nSeen on the page ${codeSpan(page.name)} by ${codeSpan(seen.browser)}. Whether and how to mend it is for a person to decide.`,
      20_000,
    ),
    evidence: [
      { what: cut(said.title, 500), at: cut(said.at, 1_000), output: cut(said.output, 10_000) },
      ...pictured,
    ],
  };
}

function sayFinding(finding: ProductFinding): Said {
  switch (finding.kind) {
    case "accessibility":
      return sayViolation(finding);
    case "request":
      return sayRequest(finding);
    case "step":
      return sayStep(finding);
    case "exception":
    case "console":
      return sayMessage(finding);
  }
}

type Of<Kind extends ProductFinding["kind"]> = Extract<ProductFinding, { kind: Kind }>;

function sayViolation(finding: Of<"accessibility">): Said {
  const { rule, selector, help, helpUrl, impact, html, why, page } = finding;
  return {
    ...{ rule, selector },
    title: `${help} (${selector})`,
    found: `The element ${codeSpan(selector)} breaks the rule ${codeSpan(rule)} of axe-core (impact: ${codeSpan(impact)}). What the rule asks for: ${codeSpan(helpUrl)}`,
    at: page.url,
    output: `${html}\n${why}`,
  };
}

function sayRequest({ method, url, why, page }: Of<"request">): Said {
  const path = pathOf(url);
  return {
    rule: "request",
    selector: `${method} ${path}`,
    title: `${method} ${path} failed: ${why}`,
    found: `The page asks for ${codeSpan(`${method} ${path}`)}, which fails: ${codeSpan(why)}`,
    at: page.url,
    output: `${method} ${url}: ${why}`,
  };
}

function sayStep({ step, why, page }: Of<"step">): Said {
  const what = step === 0 ? "the page did not load" : `step ${step} could not be done`;
  return {
    rule: "step",
    selector: `${step}`,
    title: what,
    found: `A visitor who does what the loop file says does not come through: ${what}.`,
    at: page.url,
    output: why,
  };
}

function sayMessage({ kind, text, source, page }: Of<"exception" | "console">): Said {
  const [first = ""] = text.split("\n", 1);
  const at =
    source === undefined ? page.url : `${pathOf(source.url)}:${source.line}:${source.column}`;
  const what =
    kind === "exception" ? "an exception that nothing caught" : "an error on the console";
  return {
    rule: kind,
    // Words may name a time or an id, the place in the script does not; where there is none, the words are all there is.
    selector: source === undefined ? first : at,
    title: `${what}: ${first}`,
    found: `The browser reports ${what}: ${codeSpan(first)}`,
    at,
    output: text,
  };
}

/** Without the host and the question: the port and what a client adds differ from run to run. */
function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? url;
}
