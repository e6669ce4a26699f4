import { z } from "zod";

const Line = z.string().max(2_000);
/** A page says as much as it likes: of each kind, so many are kept. */
const MOST = 100;

/** Where a message came from: the script and the place in it, the line and column from 1. */
const Source = z.strictObject({ url: Line, line: z.number(), column: z.number() });

/** A rule of axe-core that a part of the page breaks. */
const Violation = z.strictObject({
  rule: z.string().max(100),
  impact: z.string().max(50),
  help: Line,
  helpUrl: Line,
  parts: z.array(z.strictObject({ selector: Line, html: Line, why: Line })).max(MOST),
});

/** What the browser saw on one page: the words of pages, which nobody believes. */
export const SeenPage = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  url: Line,
  /** The status of the document; absent where nothing answered. */
  status: z.int().optional(),
  /** What could not be done, and why: loading the page, or one of its steps (from 1). */
  fault: z.strictObject({ step: z.int(), why: Line }).optional(),
  errors: z.array(z.strictObject({ text: Line, source: Source.optional() })).max(MOST),
  /** Exceptions that nothing caught. */
  exceptions: z.array(z.strictObject({ text: Line, source: Source.optional() })).max(MOST),
  /** Requests that failed or were answered with 400 and above. */
  failures: z.array(z.strictObject({ method: z.string().max(20), url: Line, why: Line })).max(MOST),
  /** Hosts beyond this machine that it asked for and did not reach. */
  blocked: z.array(Line).max(MOST),
  violations: z.array(Violation).max(MOST),
  /** The name of the picture's file and its digest; absent where none could be taken. */
  picture: z.strictObject({ file: z.string().max(100), sha256: z.string().length(64) }).optional(),
});
export type SeenPage = z.infer<typeof SeenPage>;

/** What one look at the application told. */
export const Seen = z.strictObject({
  browser: Line,
  axe: z.string().max(50),
  /** Why the application did not come up; then no page was looked at. */
  notReady: z.string().max(10_000).optional(),
  pages: z.array(SeenPage).max(50),
});
export type Seen = z.infer<typeof Seen>;
