import { loadConformance } from "../../twin/github/conformance.ts";

/** Routes of GitHub's description that a test asked for. */
export type Asked = Set<string>;

/**
 * `request` that lets through only what GitHub's own description of its API has: the operation, its parameters and the keys and
 * values of its body. GraphQL has a schema instead, by which the twin judges each question.
 * @throws Error for a request that GitHub does not describe
 */
export function checkedFetch(options: {
  readonly apiUrl: string;
  readonly asked?: Asked;
  readonly request?: typeof fetch;
}): typeof fetch {
  const { requests } = loadConformance();
  return async (input, init) => {
    const address = String(input);
    const path = address.slice(options.apiUrl.length);
    if (path !== "/graphql") {
      const text = init?.body ?? undefined;
      const body: unknown = text === undefined ? undefined : JSON.parse(String(text));
      const sent = { method: init?.method ?? "GET", path, body };
      const found = requests.problems(sent);
      if (found.length > 0) throw new Error(`not what GitHub describes: ${found.join("; ")}`);
      options.asked?.add(requests.routeOf(sent) ?? "");
    }
    return await (options.request ?? fetch)(input, init);
  };
}
