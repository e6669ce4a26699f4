import type { Effect } from "../../../domain/github/effect.ts";
import type { GraphQLAnswer } from "../client/graphql-answer.ts";

/** One change in a document: its input, and the requested fields of its answer. */
export interface Field {
  /** "addComment". */
  readonly name: string;
  /** The type of its input: "AddCommentInput". */
  readonly input: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Requested fields of the answer: "{ clientMutationId }". */
  readonly shows: string;
}

/** An effect as GraphQL. */
export interface Wording<Result> {
  readonly fields: readonly Field[];
  /** Whether doing it twice equals doing it once. */
  readonly isRepeatable: boolean;
  /** Whether GitHub counts it as created content. */
  readonly creates: boolean;
  /** Its result from the answers of its fields; undefined if they do not tell. */
  read(answers: readonly unknown[]): Result | undefined;
}

interface Worded {
  readonly effect: Effect;
  readonly wording: Wording<unknown>;
}

/** Fields that create missing labels, because GraphQL adds a label only by its id. */
export function labelFields(repositoryId: string, labels: readonly string[]): readonly Field[] {
  return labels.map((name) => ({
    name: "createLabel",
    input: "CreateLabelInput",
    value: { repositoryId, name, color: PLAIN },
    shows: "{ label { id name } }",
  }));
}

/** GitHub's color for a label that is created by use. */
const PLAIN = "ededed";

export interface Document {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** GitHub executes the fields in order. Each has an alias, by which its answer and its refusal are found. */
export function documentOf(all: readonly Worded[], labels: readonly Field[] = []): Document {
  const own = all.flatMap(({ wording }, at) =>
    wording.fields.map((field, place) => ({ alias: aliasOf(at, place), field })),
  );
  const fields = [...own, ...labels.map((field, at) => ({ alias: `label${at}`, field }))];
  const declared = fields.map(({ alias, field }) => `$${alias}: ${field.input}!`);
  const called = fields.map(
    ({ alias, field: { name, shows } }) => `${alias}: ${name}(input: $${alias}) ${shows}`,
  );
  return {
    text: `mutation Together(${declared.join(", ")}) {\n  ${called.join("\n  ")}\n}`,
    variables: Object.fromEntries(fields.map(({ alias, field }) => [alias, field.value])),
  };
}

function aliasOf(effect: number, field: number): string {
  return `effect${effect}_${field}`;
}

/** Answers to the fields of each effect; undefined for an effect of which GitHub refused a part. */
export function answersOf(
  all: readonly Worded[],
  { data, errors }: GraphQLAnswer,
): readonly (readonly unknown[] | undefined)[] {
  const refused = new Set(errors.map(({ path }) => String(path[0])));
  const answers = data as Readonly<Record<string, unknown>>;
  return all.map(({ wording }, at) => {
    const aliases = wording.fields.map((_, place) => aliasOf(at, place));
    const isRefused = aliases.some((alias) => refused.has(alias) || answers[alias] == null);
    return isRefused ? undefined : aliases.map((alias) => answers[alias]);
  });
}
