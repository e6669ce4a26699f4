import type { Answer, ApiRequest } from "./api.ts";

const DEFAULT_PER_PAGE = 30;
const MOST_PER_PAGE = 100;

interface Page {
  readonly number: number;
  readonly size: number;
}

function positive(text: string | null, fallback: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value >= 1 ? value : fallback;
}

/** GitHub limits a page to 100 and uses the default for invalid values. */
export function pageOf(query: URLSearchParams): Page {
  return {
    number: positive(query.get("page"), 1),
    size: Math.min(MOST_PER_PAGE, positive(query.get("per_page"), DEFAULT_PER_PAGE)),
  };
}

function linkHeader(request: ApiRequest, page: Page, lastPage: number): string {
  const to = (number: number, relation: string): string => {
    const query = new URLSearchParams(request.query);
    query.set("page", String(number));
    return `<${request.address}?${query}>; rel="${relation}"`;
  };
  const back = page.number > 1 ? [to(page.number - 1, "prev"), to(1, "first")] : [];
  const forth = page.number < lastPage ? [to(page.number + 1, "next"), to(lastPage, "last")] : [];
  return [...back, ...forth].join(", ");
}

export function slicePage<Item>(items: readonly Item[], query: URLSearchParams): Item[] {
  const page = pageOf(query);
  return items.slice((page.number - 1) * page.size, page.number * page.size);
}

/** One page of a list with GitHub's Link header. Only the items of the page are rendered. */
export async function paged<Item>(
  request: ApiRequest,
  items: readonly Item[],
  render: (item: Item) => unknown,
): Promise<Answer> {
  const rendered = await Promise.all(slicePage(items, request.query).map(render));
  return { status: 200, body: rendered, headers: pageHeaders(request, items.length) };
}

export function pageHeaders(request: ApiRequest, count: number): Record<string, string> {
  const page = pageOf(request.query);
  const link = linkHeader(request, page, Math.max(1, Math.ceil(count / page.size)));
  return link === "" ? {} : { link };
}
