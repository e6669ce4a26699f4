import type { ChangeSet } from "../../domain/change-set.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { CheckRun, Evidence } from "../../domain/evidence.ts";
import type { NightlyOrder } from "../../domain/order.ts";
import type { AuditProposal, FailedProposal, VerifyProposal } from "../../domain/proposal.ts";
import type { QualityReport } from "../../domain/quality.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { renderFormula } from "../../wording/pages/grade-formula.ts";
import { renderQuality } from "../../wording/pages/quality-markdown.ts";
import type { Meter } from "../shared/meter.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { composeReport } from "./compose.ts";
import { GRADE_RULES } from "./grade-rules.ts";
import { addNotes, type NotePorts } from "./notes.ts";
import { survey } from "./survey.ts";

const FILE = "quality.md";

/**
 * Recomputes `quality.md` from git objects, the evidence that verify gathered on the base, and what the order says of open
 * defects. Grades come from the formula alone; the auditor adds remarks, and only when a figure has changed since the
 * committed file, so that a quiet night costs nothing and changes nothing. Without verify the figures it would have
 * given are null, with the reason.
 */
export async function runQualityAudit(
  order: NightlyOrder,
  verify: VerifyProposal | undefined,
  ports: NotePorts,
): Promise<AuditProposal | FailedProposal> {
  return await runWorker<AuditProposal>(
    order,
    { of: "quality-audit", clock: ports.clock },
    async (meter) => {
      const { repository } = ports;
      const baseTree = await repository.treeOf(order.base);
      const refusal = refuseEvidence(verify, { base: order.base, tree: baseTree });
      if (refusal !== undefined) return { refusal };
      const evidence = verify?.evidence ?? [];
      const report = composeReport(order, {
        survey: await survey(repository, order.base),
        evidence,
        churn: await repository.churn(order.base),
        openDefects: order.audit.openDefects,
      });
      const written = await writeDown({ order, report, meter }, ports);
      return {
        worker: "quality-audit",
        ...written,
        tree: await repository.treeWith(changeOf(order, written.markdown)),
        runs: runsOf(evidence),
        ...proposalHead(order, meter.spent()),
      };
    },
  );
}

function refuseEvidence(
  verify: VerifyProposal | undefined,
  subject: { readonly base: ObjectId; readonly tree: ObjectId },
): Refusal | undefined {
  if (verify === undefined) return undefined;
  const { base, tree } = verify.subject;
  if (base === subject.base && tree === subject.tree) return undefined;
  return {
    code: "tree-mismatch",
    subject: "evidence of verify",
    found: tree,
    accepted: subject.tree,
  };
}

type Written = Pick<AuditProposal, "report" | "markdown" | "withoutNotes">;

async function writeDown(
  about: { readonly order: NightlyOrder; readonly report: QualityReport; readonly meter: Meter },
  ports: NotePorts,
): Promise<Written> {
  const { order, report } = about;
  const bytes = await ports.repository.read(order.base, FILE);
  const committed = new TextDecoder().decode(bytes);
  if (withoutNotes(committed) === render(report)) {
    return { report, markdown: committed };
  }
  const noted = await addNotes(about, ports);
  return { ...noted, markdown: render(noted.report) };
}

/** Units of UTF-16 that the file may have; below the bound of the proposal's schema. */
const MAXIMUM_UNITS = 58_000;
const SHORT_SOURCE = 60;

function render(report: QualityReport): string {
  const formula = renderFormula(GRADE_RULES);
  const whole = `${renderQuality(report).trimEnd()}\n\n${formula}`;
  if (whole.length <= MAXIMUM_UNITS) return whole;
  // Many areas with long commands: the report keeps the sources whole.
  const areas = report.areas.map((area) => ({
    ...area,
    measures: area.measures.map((measure) => ({
      ...measure,
      source: cut(measure.source, SHORT_SOURCE),
    })),
  }));
  return `${renderQuality({ ...report, areas }).trimEnd()}\n\n${formula}`;
}

/** The file as it is before the auditor's remarks: lines of their own, each with a blank one after it. */
function withoutNotes(markdown: string): string {
  return markdown.replace(/^Note: .*\n\n/gm, "");
}

function changeOf(order: NightlyOrder, content: string): ChangeSet {
  return { base: order.base, files: [{ path: FILE, mode: "100644", encoding: "utf-8", content }] };
}

/** The runs that the figures were read from, without their lists of tests: those stand in verify's own proposal. */
function runsOf(evidence: readonly Evidence[]): CheckRun[] {
  return evidence
    .filter((piece): piece is CheckRun => piece.kind === "check")
    .slice(0, 20)
    .map(({ tests: _tests, ...run }) => run);
}
