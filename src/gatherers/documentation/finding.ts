import type { Removal } from "../../ports/checkout.ts";

/** Where something stands in a page, the line from 1. */
export interface Place {
  readonly page: string;
  readonly line: number;
}

/** What a page says, and what is there instead. Each is a fact that can be looked at. */
export type DocumentationFinding = Place &
  (
    | {
        readonly kind: "link";
        /** As it is written. */
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
        /** The anchors that there are. */
        readonly anchors: readonly string[];
      }
    | {
        readonly kind: "script" | "target";
        readonly command: string;
        readonly name: string;
        /** The `package.json` or makefile, whichever were looked at. */
        readonly files: readonly string[];
        /** The names that there are. */
        readonly names: readonly string[];
        /** Absent: it never stood there, and the page speaks of this repository. */
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

/** What was looked at, and how much of it nobody can decide. */
export interface DocumentationFigures {
  readonly pages: number;
  readonly links: number;
  readonly commands: number;
  readonly imports: number;
  /** Links, commands and imports of which no law says whether they hold. */
  readonly undecided: number;
}
