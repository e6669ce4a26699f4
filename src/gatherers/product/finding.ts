import type { SeenPage } from "./seen.ts";

interface Source {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** One fault that a browser found, identified by rule, page and place. */
export type ProductFinding = { readonly page: SeenPage } & (
  | { readonly kind: "step"; readonly step: number; readonly why: string }
  | {
      readonly kind: "exception" | "console";
      readonly text: string;
      readonly source?: Source | undefined;
    }
  | {
      readonly kind: "request";
      readonly method: string;
      readonly url: string;
      readonly why: string;
    }
  | {
      readonly kind: "accessibility";
      readonly rule: string;
      readonly impact: string;
      readonly help: string;
      readonly helpUrl: string;
      readonly selector: string;
      readonly html: string;
      readonly why: string;
    }
);
