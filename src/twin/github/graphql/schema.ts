import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import {
  buildASTSchema,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  Kind,
  type NamedTypeNode,
  parse,
  type TypeNode,
} from "graphql";
import { NEWER, NEWER_TYPES } from "./newer.ts";
import { SERVED } from "./served.ts";

const TYPES: Readonly<Record<string, readonly string[]>> = SERVED;
const BUILT_IN = ["String", "Int", "Float", "Boolean", "ID"];

/** GitHub's public schema as published. */
export async function readPublicSchema(): Promise<string> {
  // The package has no documented file, and its import would load five megabytes.
  const manifest = findPackageJSON("@octokit/graphql-schema", import.meta.url);
  if (manifest === undefined) throw new Error("GitHub's schema is not installed: run npm ci");
  return await readFile(join(dirname(manifest), "schema.graphql"), "utf8");
}

let loaded: Promise<GraphQLSchema> | undefined;

/** The served part of GitHub's schema: parsed with the first query, because most twins in tests get none. */
export function servedSchema(): Promise<GraphQLSchema> {
  loaded ??= readPublicSchema().then((text) => cutSchema(withNewer(text)));
  return loaded;
}

/** With GitHub's additions since the package was made. */
export function withNewer(text: string): string {
  const fields = Object.entries(NEWER).reduce(
    (grown, [type, field]) =>
      grown.replace(new RegExp(`\\n(type ${type}\\b[^{]*\\{)`), `\n$1\n  ${field}`),
    text,
  );
  return `${fields}\n${NEWER_TYPES}`;
}

/**
 * GitHub's own definitions of the served types with their served fields, and the types of their values. Parses only
 * those, because the whole schema takes a second. @throws Error for a field that GitHub's schema does not have
 */
export function cutSchema(text: string): GraphQLSchema {
  const texts = definitionsOf(text);
  const definitions = new Map<string, DefinitionNode>();
  const take = (name: string): void => {
    if (definitions.has(name) || BUILT_IN.includes(name)) return;
    const found = texts.get(name);
    if (found === undefined) throw new Error(`GitHub's schema has no ${name}`);
    const [parsed] = parse(found, { noLocation: true }).definitions;
    if (parsed === undefined) throw new Error(`GitHub's schema has no ${name}`);
    const cut = cutDefinition(name, parsed);
    definitions.set(name, cut);
    for (const used of valuesUsedBy(cut)) take(used);
  };
  for (const name of Object.keys(TYPES)) take(name);
  const document = { kind: Kind.DOCUMENT, definitions: [...definitions.values()] } as const;
  return buildASTSchema(document, { assumeValidSDL: true });
}

function definitionsOf(text: string): ReadonlyMap<string, string> {
  const plain = text.replaceAll(/"""[\s\S]*?"""/g, "");
  const parts = plain.split(/\n(?=(?:type|interface|input|enum|scalar|union) )/);
  return new Map(
    parts.flatMap((part) => {
      const name = /^(?:type|interface|input|enum|scalar|union) (\w+)/.exec(part)?.[1];
      return name === undefined ? [] : [[name, part] as const];
    }),
  );
}

function cutDefinition(name: string, definition: DefinitionNode): DefinitionNode {
  const isServed = (type: NamedTypeNode) => type.name.value in TYPES;
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        ...definition,
        interfaces: (definition.interfaces ?? []).filter(isServed).filter((one) => {
          const needed = TYPES[one.name.value] ?? [];
          return needed.every((field) => TYPES[name]?.includes(field));
        }),
        fields: fieldsOf(name, definition.fields ?? []),
      };
    case Kind.UNION_TYPE_DEFINITION:
      return { ...definition, types: (definition.types ?? []).filter(isServed) };
    default:
      return definition;
  }
}

function fieldsOf(name: string, fields: readonly FieldDefinitionNode[]): FieldDefinitionNode[] {
  return (TYPES[name] ?? []).map((wanted) => {
    const found = fields.find((field) => field.name.value === wanted);
    if (found === undefined) throw new Error(`GitHub's schema has no ${name}.${wanted}`);
    return found;
  });
}

/** For fields: types of arguments and of scalar results; for inputs: types of members. */
function valuesUsedBy(definition: DefinitionNode): readonly string[] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return (definition.fields ?? []).flatMap((field) => [
        nameOf(field.type),
        ...(field.arguments ?? []).map(({ type }) => nameOf(type)),
      ]);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []).map(({ type }) => nameOf(type));
    default:
      return [];
  }
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
