import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageOf, slicePage } from "../../../../src/twin/github/routes/paging.ts";
import { loadConformance } from "../conformance.ts";
import { createWorld, type World } from "../world.ts";

const ISSUES = "/repos/{owner}/{repo}/issues";
const conformance = loadConformance();
let world: World;

beforeAll(async () => {
  world = await createWorld();
  for (let number = 1; number <= 7; number += 1) {
    await world.ask(world.owner.token, `POST ${ISSUES}`, { title: `Issue ${number}` });
  }
});
afterAll(() => world[Symbol.asyncDispose]());

function linksOf(link: string | null): Record<string, string> {
  const found = (link ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/g);
  return Object.fromEntries(
    [...found].map(([, address = "", relation = ""]) => [relation, address]),
  );
}

test("gives 30 and no link when all fits", async () => {
  const { body, headers } = await world.ask("", `GET ${ISSUES}`);
  expect(body).toHaveLength(7);
  expect(headers.get("link")).toBeNull();
});

test("leads through all pages by their links, keeping the query", async () => {
  const first = await world.ask("", `GET ${ISSUES}`, { per_page: 3, direction: "asc" });
  const seen: number[] = [];
  let page: Response | undefined;
  let address: string | undefined =
    `${world.github.url}/repos/OWNER/app/issues?per_page=3&direction=asc`;
  const relations: string[] = [];
  while (address !== undefined) {
    page = await fetch(address);
    const body = (await page.json()) as { number: number }[];
    expect(conformance.answer(`GET ${ISSUES}`, { status: page.status, body })).toEqual([]);
    seen.push(...body.map(({ number }) => number));
    const links = linksOf(page.headers.get("link"));
    relations.push(Object.keys(links).join(" "));
    address = links.next;
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(relations).toEqual(["next last", "prev first next last", "prev first"]);
  const { last } = linksOf(first.headers.get("link"));
  expect(new URL(last ?? "").search).toBe("?per_page=3&direction=asc&page=3");
});

test.each([
  [{ per_page: 1000 }, 7],
  [{ per_page: 0 }, 7],
  [{ per_page: "x" }, 7],
  [{ per_page: 2, page: 4 }, 1],
  [{ per_page: 2, page: 5 }, 0],
])("%j gives %i", async (query, count) => {
  const { body, status } = await world.ask("", `GET ${ISSUES}`, query);
  expect(status).toBe(200);
  expect(body).toHaveLength(count);
});

test("gives at most 100", async () => {
  await using many = await createWorld();
  const values = { title: "A title" };
  for (let count = 0; count < 101; count += 1) {
    await many.ask(many.owner.token, `POST ${ISSUES}`, values);
  }
  const { body, headers } = await many.ask("", `GET ${ISSUES}`, { per_page: 1000 });
  expect(body).toHaveLength(100);
  expect(linksOf(headers.get("link")).next).toContain("page=2");
});

test("counts what stands inside an object too", async () => {
  const sha = await world.commit({ "a.txt": "a" });
  const token = world.job({ checks: "write" });
  for (const name of ["one", "two", "three"]) {
    await world.ask(token, "POST /repos/{owner}/{repo}/check-runs", { name, head_sha: sha });
  }
  const route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
  const page = await world.ask(token, route, { ref: sha, per_page: 2 });
  expect(page.body.total_count).toBe(3);
  expect(page.body.check_runs).toHaveLength(2);
  expect(linksOf(page.headers.get("link")).next).toContain("page=2");
});

test("loses and repeats nothing, whatever is asked for", () => {
  const size = fc.oneof(fc.integer({ min: -5, max: 300 }).map(String), fc.string());
  fc.assert(
    fc.property(fc.nat(400), size, (count, per_page) => {
      const items = Array.from({ length: count }, (_, index) => index);
      const pages = Math.ceil(count / pageOf(new URLSearchParams({ per_page })).size);
      const read = Array.from({ length: pages }, (_, index) =>
        slicePage(items, new URLSearchParams({ per_page, page: String(index + 1) })),
      );
      expect(read.flat()).toEqual(items);
      expect(read.every((page) => page.length > 0 && page.length <= 100)).toBe(true);
    }),
  );
});
