import { isDeepStrictEqual } from "node:util";
import { StartupFailure } from "./failures.ts";

/** One cell: names and values of the `matrix` context. */
export type MatrixCell = Readonly<Record<string, unknown>>;

/** Most jobs that one matrix may make. */
const LARGEST_MATRIX = 256;

/**
 * Expands a matrix as GitHub does: product of the lists, minus `exclude`, then `include`, which extends every cell whose
 * original values it does not change and otherwise adds a cell of its own. @throws {StartupFailure} if it is no matrix,
 * is empty or has more than 256 cells.
 */
export function expandMatrix(matrix: unknown): readonly MatrixCell[] {
  if (matrix === null || matrix === undefined) {
    return [{}];
  }
  if (typeof matrix !== "object" || Array.isArray(matrix)) {
    throw new StartupFailure("'matrix' must be a mapping of names to lists");
  }
  const { include, exclude, ...vectors }: Record<string, unknown> = { ...matrix };
  const product = Object.keys(vectors).length === 0 ? [] : productOf(vectors);
  const kept = product.filter(
    (cell) => !cellsOf(exclude, "exclude").some((out) => covers(out, cell)),
  );
  const cells = withIncludes(kept, cellsOf(include, "include"));
  if (cells.length === 0) {
    throw new StartupFailure("Matrix vector does not contain any values: no job is left to run");
  }
  if (cells.length > LARGEST_MATRIX) {
    throw new StartupFailure(
      `the matrix makes ${cells.length} jobs, the limit is ${LARGEST_MATRIX}`,
    );
  }
  return cells;
}

/** GitHub's suffix of a job's name: " (a, 1)", or "" for a job without a matrix. */
export function matrixSuffix(cell: MatrixCell): string {
  const values = Object.values(cell).flatMap((value) => leavesOf(value));
  return values.length === 0 ? "" : ` (${values.join(", ")})`;
}

function leavesOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((item) => leavesOf(item))
    : [String(value)];
}

function productOf(vectors: Record<string, unknown>): MatrixCell[] {
  let cells: MatrixCell[] = [{}];
  for (const [name, values] of Object.entries(vectors)) {
    if (!Array.isArray(values)) {
      throw new StartupFailure(`matrix '${name}' must be a list`);
    }
    cells = cells.flatMap((cell) => values.map((value: unknown) => ({ ...cell, [name]: value })));
  }
  return cells;
}

function cellsOf(value: unknown, key: string): readonly MatrixCell[] {
  if (value === null || value === undefined) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new StartupFailure(`matrix '${key}' must be a list of mappings`);
  }
  return value.map((item: unknown) => ({ ...(typeof item === "object" ? item : {}) }));
}

function covers(pattern: MatrixCell, cell: MatrixCell): boolean {
  return Object.entries(pattern).every(([name, value]) => isDeepStrictEqual(cell[name], value));
}

function withIncludes(
  originals: readonly MatrixCell[],
  includes: readonly MatrixCell[],
): readonly MatrixCell[] {
  const extended = originals.map((cell) => ({ ...cell }));
  const added: MatrixCell[] = [];
  for (const include of includes) {
    let placed = false;
    for (const [index, original] of originals.entries()) {
      const shared = Object.keys(include).filter((name) => name in original);
      if (shared.every((name) => isDeepStrictEqual(original[name], include[name]))) {
        extended[index] = { ...extended[index], ...include };
        placed = true;
      }
    }
    if (!placed) {
      added.push(include);
    }
  }
  return [...extended, ...added];
}
