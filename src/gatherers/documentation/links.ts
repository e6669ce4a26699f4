import type { Checkout, Past } from "../../ports/checkout.ts";
import type { DocumentationFinding } from "./finding.ts";
import { type Anchors, anchorsOf, type Page, pageOf, type Target, targetsOf } from "./page.ts";
import { foldersOf, joined, parentOf } from "./paths.ts";

/** Verdict on a link: right, wrong, or undecided by any rule. */
export type Judged = "right" | "undecided" | DocumentationFinding;

export interface LinkContext {
  readonly checkout: Checkout;
  readonly past: Past;
}

const PAGE = /\.(?:md|markdown)$/i;

/** Judges the links of a page that stay in the repository, as GitHub follows them. */
export async function judgeLinks(
  page: Page,
  { checkout, past }: LinkContext,
): Promise<readonly Judged[]> {
  const there = new Set([...checkout.files, ...foldersOf(checkout.files)]);
  const anchorsAt = rememberAnchors(page, checkout);
  const judged: Judged[] = [];
  for (const target of targetsOf(page).filter(({ url }) => staysHere(url))) {
    judged.push(await judge(target, { page, checkout, past, there, anchorsAt }));
  }
  return judged;
}

interface Asked extends LinkContext {
  readonly page: Page;
  readonly there: ReadonlySet<string>;
  readonly anchorsAt: (path: string) => Promise<Anchors>;
}

async function judge(target: Target, asked: Asked): Promise<Judged> {
  const { page, there, checkout } = asked;
  const read = readTarget(target.url);
  if (read === undefined) return "undecided";
  const { path, anchor } = read;
  const led = path === "" ? page.path : leadsTo(page.path, path);
  if (led === undefined) return "undecided";
  if (checkout.elsewhere.some((one) => led === one || led.startsWith(`${one}/`))) {
    return "undecided";
  }
  const found = there.has(led) ? led : readings(led).find((one) => there.has(one));
  if (found !== undefined) return judgeAnchor(target, { found, anchor }, asked);
  return judgeMissing(target, { led, path }, asked);
}

/** Targets that a site generator may make of a link that GitHub does not find. */
function readings(path: string): readonly string[] {
  const bare = path.replace(/\.html?$/i, "");
  return [
    `${bare}.md`,
    `${bare}.mdx`,
    `${bare}/index.md`,
    `${bare}/index.mdx`,
    `${bare}/README.md`,
  ];
}

/**
 * A link without an extension, to HTML or from the root may work on a generated site, so only content that the
 * repository once had counts as gone.
 */
async function judgeMissing(
  { url, line }: Target,
  { led, path }: { readonly led: string; readonly path: string },
  { page, past }: Asked,
): Promise<Judged> {
  const isFile = /\.(?!html?$)[a-z0-9]{1,8}$/i.test(led);
  if (path.startsWith("/") && !isFile) return "undecided";
  const removal = await past.removed(led);
  const isOfGitHub = isFile && !path.startsWith("/");
  if (removal === undefined && (!isOfGitHub || (await past.ignores(led)))) return "undecided";
  return {
    ...{ kind: "link", page: page.path, line, target: url, path: led },
    ...(removal === undefined ? {} : { removal }),
  };
}

async function judgeAnchor(
  { url, line }: Target,
  { found, anchor }: { readonly found: string; readonly anchor: string | undefined },
  { page, there, anchorsAt, checkout }: Asked,
): Promise<Judged> {
  if (anchor === undefined || anchor === "") return "right";
  const path = checkout.files.includes(found) ? found : `${found}/README.md`;
  if (!PAGE.test(path) || !there.has(path)) return "undecided";
  const { names, areAll } = await anchorsAt(path);
  if (names.has(anchor)) return "right";
  // Browsers compare case, GitHub's own pages not always, so it is undecided.
  const folded = anchor.toLowerCase();
  if (!areAll || [...names].some((name) => name.toLowerCase() === folded)) return "undecided";
  const anchors = [...names].filter((name) => name !== "" && name !== "top" && name !== "readme");
  return { kind: "anchor", page: page.path, line, target: url, path, anchor, anchors };
}

function rememberAnchors(page: Page, checkout: Checkout): Asked["anchorsAt"] {
  const known = new Map<string, Anchors>([[page.path, anchorsOf(page)]]);
  return async (path) => {
    const anchors = known.get(path) ?? anchorsOf(pageOf(path, (await checkout.read(path)) ?? ""));
    known.set(path, anchors);
    return anchors;
  };
}

/** No scheme, no host (RFC 3986, 4.2). */
function staysHere(url: string): boolean {
  return url !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(url) && !/^[/\\]{2}/.test(url);
}

/** A placeholder (`{name}`, `<name>`, `$name`) names no place. */
function readTarget(
  url: string,
): { readonly path: string; readonly anchor: string | undefined } | undefined {
  if (/[{}<>$*|]/.test(url)) return undefined;
  const [before = "", ...rest] = url.split("#");
  const anchor = rest.length === 0 ? undefined : rest.join("#");
  if (anchor?.startsWith(":~:") === true) return undefined;
  try {
    const path = decodeURIComponent(before.split("?", 1)[0] ?? "");
    if (path === "" && before !== "") return undefined;
    return { path, anchor: anchor === undefined ? undefined : decodeURIComponent(anchor) };
  } catch {
    // Invalid percent signs: browsers differ in the request.
    return undefined;
  }
}

/** The path in the repository; undefined for one that leaves it, into GitHub's own pages. */
function leadsTo(page: string, path: string): string | undefined {
  return path.startsWith("/") ? joined("", path.slice(1)) : joined(parentOf(page), path);
}
