import { CHECKS, type Check, type CheckedFact } from "../../domain/platform/checks.ts";
import type { Conformance, Standing } from "../../domain/platform/conformance.ts";
import { counted } from "../figures.ts";
import { fold } from "../fold.ts";
import { safeCell } from "../safe-text.ts";
import { FACTS } from "./facts.ts";

const ORDER: readonly Standing[] = ["differs", "not met", "agrees"];
const TITLES: Readonly<Record<Standing, string>> = {
  differs: "GitHub does otherwise",
  "not met": "Not met in this run",
  agrees: "As believed",
};

/** The summary of a conformance run, read in a minute: what differs first, then what nobody could see, then the rest. */
export function renderConformance(conformance: Conformance): string {
  const count = (standing: Standing) =>
    Object.values(conformance.facts).filter((fact) => fact.standing === standing).length;
  return [
    "### Conformance",
    "",
    `${counted(count("agrees"), "fact")} as believed, ${count("differs")} otherwise, ${count("not met")} not met. Numbers are those of docs/reference/platform.md; the file conformance.json of this run has all of it.`,
    ...ORDER.flatMap((standing) => section(conformance, standing)),
    "",
  ].join("\n");
}

function section({ facts }: Conformance, standing: Standing): readonly string[] {
  const rows = Object.entries(facts).filter(([, fact]) => fact.standing === standing);
  if (rows.length === 0) return [];
  const table = [
    "| fact | what it says | found |",
    "|---|---|---|",
    ...rows.map(([number, { found }]) => {
      const { says = "" } = FACTS[number as CheckedFact] ?? {};
      const believed = safeCell(sayAccepted(CHECKS[number as CheckedFact]));
      return `| ${number} | ${safeCell(says)} | ${safeCell(found)} (believed: ${believed}) |`;
    }),
  ];
  return standing === "agrees"
    ? ["", ...fold(TITLES[standing], table)]
    : ["", `#### ${TITLES[standing]}`, "", ...table];
}

/** What a check accepts, for people. */
export function sayAccepted({ accepts }: Check): string {
  if ("anything" in accepts) return "told without a judgement";
  if ("oneOf" in accepts) return accepts.oneOf.join(" or ");
  return `at most ${accepts.atMost}`;
}
