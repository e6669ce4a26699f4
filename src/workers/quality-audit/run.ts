import type { ChangeSet } from "../../domain/change-set.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { CheckRun, Evidence } from "../../domain/evidence.ts";
import type { NightlyOrder } from "../../domain/order.ts";
import type { AuditProposal, FailedProposal, VerifyProposal } from "../../domain/proposal.ts";
import type { QualityReport } from "../../domain/quality.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Syntax } from "../../ports/syntax.ts";
import { isUpToDate, renderQuality } from "../../wording/pages/quality-markdown.ts";
import type { Meter } from "../shared/meter.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { composeReport } from "./compose.ts";
import { addNotes, type NotePorts } from "./notes.ts";
import { readEarlierPackages } from "./reading/earlier-packages.ts";
import { survey } from "./survey.ts";

const FILE = "quality.md";
/** Earlier versions of the page that the trend is read from. */
const VERSIONS = 24;

export interface AuditPorts extends NotePorts {
  readonly syntax: Syntax;
}

/**
 * Recomputes `quality.md` from git objects, verify's evidence on the base, and the order's open defects. Grades come
 * from the formula alone. The auditor adds remarks only if something has changed that a person would act on, so that a
 * quiet night costs and changes nothing. Without verify its figures are null, with the reason.
 */
export async function runQualityAudit(
  order: NightlyOrder,
  verify: VerifyProposal | undefined,
  ports: AuditPorts,
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
      const versions = await repository.versions(order.base, FILE, VERSIONS);
      const report = composeReport(order, {
        survey: await survey(repository, order.base, ports.syntax),
        evidence,
        recent: await repository.recent(order.base),
        earlierPackages: await readEarlierPackages(repository, order.base),
        openDefects: order.audit.openDefects,
        record: order.audit.record,
        earlier: versions.map((bytes) => new TextDecoder().decode(bytes)),
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
  if (isUpToDate(committed, report)) return { report, markdown: committed };
  const noted = await addNotes(about, ports);
  return { ...noted, markdown: renderQuality(noted.report) };
}

function changeOf(order: NightlyOrder, content: string): ChangeSet {
  return { base: order.base, files: [{ path: FILE, mode: "100644", encoding: "utf-8", content }] };
}

/** Runs behind the figures, without their lists of tests, which are in verify's own proposal. */
function runsOf(evidence: readonly Evidence[]): CheckRun[] {
  return evidence
    .filter((piece): piece is CheckRun => piece.kind === "check")
    .slice(0, 20)
    .map(({ tests: _tests, ...run }) => run);
}
