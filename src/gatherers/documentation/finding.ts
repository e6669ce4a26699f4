import type { Removal } from "../../ports/checkout.ts";

/** A place in a page, with the line from 1. */
export interface Place {
  readonly page: string;
  readonly line: number;
}

/** A page's claim, and the actual state. Each is a fact that can be checked. */
export type DocumentationFinding = Place &
  (
    | {
        readonly kind: "link";
        /** As written. */
        readonly target: string;
        /** The path that it leads to. */
        readonly path: string;
        readonly removal?: Removal;
      }
    | {
        readonly kind: "anchor";
        readonly target: string;
        readonly path: string;
        readonly anchor: string;
        /** The existing anchors. */
        readonly anchors: readonly string[];
      }
    | {
        readonly kind: "script" | "target";
        readonly command: string;
        readonly name: string;
        /** The `package.json` or makefile that was checked. */
        readonly files: readonly string[];
        /** The existing names. */
        readonly names: readonly string[];
        /** Absent: it never existed, and the page is about this repository. */
        readonly removal?: Removal;
      }
    | {
        readonly kind: "file";
        readonly command: string;
        readonly path: string;
        readonly removal: Removal;
      }
    | {
        readonly kind: "export" | "subpath";
        readonly statement: string;
        readonly name: string;
        readonly file: string;
        readonly names: readonly string[];
      }
  );

/** What was checked, and how much of it is undecided. */
export interface DocumentationFigures {
  readonly pages: number;
  readonly links: number;
  readonly commands: number;
  readonly imports: number;
  /** Links, commands and imports that no rule can decide. */
  readonly undecided: number;
}
