import { stagesOf } from "../../domain/label.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import type { Portrait } from "../../twin/github/kept/kept.ts";
import { lineAsking } from "../../wording/issue/ask-comment.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../wording/issue/ledger-comment.ts";
import type { Floor } from "./floor.ts";
import type { Line, Visit } from "./lines.ts";
import type { Playground } from "./playground.ts";

/** The one person of a repository: does what is asked of them, and on their own what the line says. */
export interface Person {
  /** What waits for them now; how many things they did. */
  answer(portrait: Portrait): Promise<number>;
}

interface OpenPull {
  readonly number: string;
  readonly title: string;
  readonly tree: string;
  /** The tree that the ledger of its issue tells of; undefined where it does not know the pull request. */
  readonly recorded: string | undefined;
}

/** An issue that waits, and what is on the branch of its open pull request. */
interface Waiting {
  readonly issue: string;
  readonly isAsked: boolean;
  /** The one that the last question offers. */
  readonly word: string;
  readonly pull?: OpenPull;
}

/** How often they ask for another try before they merge what is open. */
const MOST_RETRIES = 3;

/**
 * A person merges work that waits for one, with a fault and without. They merge the leftovers of an attempt if the ledger knows them, and
 * close them if it does not, as the question says. Otherwise they give the one offered command. If the line has visits, each is made at a
 * pull request that is not red. The next comes once the previous one is answered. Leftovers before the last visit are to be retried.
 */
export function createPerson(playground: Playground, floor: Floor, { visits = [] }: Line): Person {
  const left = [...visits];
  let seen: string | undefined;
  let retries = 0;
  const wantsRetry = ({ isAsked, pull }: Waiting) => {
    const isOther = pull?.tree !== pull?.recorded;
    const isOwed = isOther || (visits.length > 0 && (left.length > 0 || pull?.tree === seen));
    return isAsked && isOwed && retries < MOST_RETRIES;
  };
  const isPatient = ({ issue, isAsked, pull }: Waiting) =>
    !isAsked && visits.length > 0 && (pull?.tree === seen || floor.isRed(Number(issue)));
  async function act(waiting: Waiting): Promise<boolean> {
    const { issue, word, pull } = waiting;
    if (pull === undefined || isStrange(waiting) || wantsRetry(waiting)) {
      if (isStrange(waiting)) await playground.send("PATCH", `/pulls/${pull?.number}`, CLOSED);
      retries += 1;
      await playground.send("POST", `/issues/${issue}/comments`, { body: word });
      return true;
    }
    if (isPatient(waiting)) return false;
    seen = pull.tree;
    const visit = left.shift();
    if (visit === undefined) {
      const title = `${pull.title} (#${pull.number})`;
      await playground.send("PUT", `/pulls/${pull.number}/merge`, { commit_title: title });
    } else {
      await VISITS[visit](playground, pull.number);
    }
    return true;
  }
  return {
    async answer(portrait) {
      let acts = 0;
      for (const waiting of waitingIn(portrait)) {
        if (!(await act(waiting))) continue;
        acts += 1;
        await floor.rest();
      }
      return acts;
    },
  };
}

const BY_HAND = 'export const note = "By hand, for consumers";\n';

const CLOSED = { state: "closed" };

/** Nobody knows what it came to: the question says to merge or to close it, and they do not merge what they know nothing of. */
function isStrange({ isAsked, pull }: Waiting): boolean {
  return isAsked && pull !== undefined && pull.recorded === undefined;
}

const VISITS: Readonly<Record<Visit, (playground: Playground, pull: string) => Promise<void>>> = {
  async review(playground, pull) {
    await playground.send("POST", `/pulls/${pull}/reviews`, {
      event: "REQUEST_CHANGES",
      body: "Two things before this goes in.",
      comments: [
        { path: "src/note-1.js", line: 1, side: "RIGHT", body: "Say thanks, please." },
        { path: "test/note-1.test.js", line: 1, side: "RIGHT", body: "And test that." },
      ],
    });
  },
  "move-base": commitByHand,
};

async function commitByHand({ send }: Playground): Promise<void> {
  const at = (await send("GET", "/git/ref/heads/main")) as { object: { sha: string } };
  const base = (await send("GET", `/git/commits/${at.object.sha}`)) as { tree: { sha: string } };
  const file = { path: "src/note-1.js", mode: "100644", type: "blob", content: BY_HAND };
  const tree = await send("POST", "/git/trees", { base_tree: base.tree.sha, tree: [file] });
  const made = await send("POST", "/git/commits", {
    message: "Write it by hand",
    tree: (tree as { sha: string }).sha,
    parents: [at.object.sha],
  });
  await send("PATCH", "/git/refs/heads/main", { sha: (made as { sha: string }).sha });
}

function waitingIn(portrait: Portrait): readonly Waiting[] {
  return Object.entries(portrait.issues).flatMap(([issue, one]): Waiting[] => {
    const { state, pull, labels } = one;
    if (state !== "open" || pull !== undefined) return [];
    const stage = stagesOf("factory:", labels).join();
    const open = openPullOf(portrait, Number(issue));
    const isAsked = stage === "needs-human";
    if (!isAsked && (stage !== "gating" || open === undefined)) return [];
    return [
      { issue, isAsked, word: wordOffered(one), ...(open === undefined ? {} : { pull: open }) },
    ];
  });
}

const OFFERED = /`(\/factory (?:resume|retry))`/;

function wordOffered({ comments }: Portrait["issues"][string]): string {
  const asks = comments.filter(({ body }) => lineAsking(body) !== undefined);
  return OFFERED.exec(asks.at(-1)?.body ?? "")?.[1] ?? "/factory retry";
}

function openPullOf({ issues, branches }: Portrait, issue: number): OpenPull | undefined {
  const found = Object.entries(issues).find(
    ([, { state, pull }]) =>
      state === "open" && pull !== undefined && leaseOfBranch(pull.head)?.issue === issue,
  );
  if (found === undefined) return undefined;
  const [number, { title, pull }] = found;
  const recorded = recordedIn(issues[issue]).get(Number(number));
  return { number, title, tree: branches[pull?.head ?? ""] ?? "", recorded };
}

/** Pull requests that the ledger of an issue tells of, and the tree of each. */
function recordedIn(issue: Portrait["issues"][string] | undefined): ReadonlyMap<number, string> {
  const ledger = issue?.comments.find(({ body }) => body.startsWith(`${LEDGER_MARKER}\n`));
  const parsed = parseLedgerComment(ledger?.body ?? "");
  if ("fault" in parsed) return new Map();
  const told = parsed.entries.flatMap(({ event }) =>
    event.kind === "published" || event.kind === "reverting" ? [event] : [],
  );
  return new Map(told.map(({ pullRequest, tree }) => [pullRequest, tree]));
}
