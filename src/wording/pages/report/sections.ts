import type { Review } from "../../../measures/review/review.ts";
import { sayMinute } from "../../figures.ts";
import { type Html, html, NOTHING, type Section } from "../run-page/html.ts";
import { mergesChart, moneyChart, shareBar } from "./charts.ts";
import { cards, table, told } from "./parts.ts";
import { countedFrom, linksTo, linkTo } from "./sources.ts";
import { sayAttention, sayNumber, sayReason, sayUntold, sayValue } from "./words.ts";

export function attentionSection({ attention, url }: Review): Section {
  const items = attention.map(
    (one) =>
      html`<li><p>${sayAttention(one)}</p><p class="from">${linksTo(one.from.slice(0, 8), url)}${one.from.length > 8 ? html` and ${one.from.length - 8} more` : NOTHING}</p></li>`,
  );
  const body =
    items.length === 0
      ? html`<p class="quiet">Nothing of what this page looks for.</p>`
      : html`<ol class="look">${items}</ol>`;
  return { id: "look", label: "Look at", title: "Three things to look at", body };
}

export function deliverySection({ delivery, url, pace }: Review): Section {
  const { merged, timeToMerge, takenBack, repairs, ...dora } = delivery;
  const { days, rows } = pace;
  const each = days === 1 ? "day" : `${days} days`;
  const says = `Merges each ${each}, by who wrote them.`;
  const hasMoney = rows.some(({ usd }) => usd !== undefined);
  const money = `USD spent on models each ${each}.`;
  const body = html`<h3 class="group">DORA's five</h3>${cards(dora, url)}
<h3 class="group">The default branch</h3>${cards({ merged, timeToMerge, takenBack, repairs }, url)}
<figure><figcaption>${says}</figcaption>${mergesChart(rows, says)}<p class="aside legend">${legendOf(rows)}</p></figure>
${hasMoney ? html`<figure><figcaption>${money}</figcaption>${moneyChart(rows, money)}</figure>` : NOTHING}`;
  return { id: "delivery", label: "Delivery", title: "Delivery", body };
}

/** Only who is there. */
function legendOf(rows: Review["pace"]["rows"]): readonly Html[] {
  const has = (of: (row: (typeof rows)[number]) => number) => rows.some((row) => of(row) > 0);
  return [
    has(({ byAgents }) => byAgents)
      ? html`<span class="key agents"></span>an agent wrote or helped `
      : NOTHING,
    has(({ byPeople }) => byPeople) ? html`<span class="key people"></span>people alone ` : NOTHING,
    has(({ unsaid }) => unsaid) ? html`<span class="key nobody"></span>nobody says` : NOTHING,
  ];
}

export function funnelSection({ funnel, url }: Review): Section {
  const { rows, attempts, sentBack, sendBackReasons, refusals } = funnel;
  const id = { id: "funnel", label: "Funnel", title: "The funnel" };
  if ("unknown" in attempts) {
    return { ...id, body: html`<p class="quiet">Unknown: ${sayUntold(attempts.unknown)}.</p>` };
  }
  const first = rows[0]?.reached;
  const most = first !== undefined && "value" in first ? first.value : 0;
  const steps = rows.map(({ stage, reached, stood }) => {
    const value = "value" in reached ? reached.value : 0;
    return html`<div class="step"><span>${stage}</span>${shareBar(value, most, "agents")}<b>${sayValue(reached)}</b><span class="quiet">${stood === undefined ? "" : sayValue(stood)}</span></div>`;
  });
  const reasons = (title: string, found: typeof refusals) =>
    found.length === 0
      ? NOTHING
      : html`<h3>${title}</h3>${table(
          ["Why", "Times", "Where"],
          found
            .slice(0, 12)
            .map((row) => [sayReason(row.reason), `${row.times}`, linksTo(row.from, url)]),
        )}`;
  const body = html`<p>Issues that came to the line in the window, how many of them came to each stage, and how long issues stood there.</p>
<div class="steps">${steps}</div>${cards({ attempts, sentBack }, url)}
${reasons("Why attempts were sent back", sendBackReasons)}${reasons("What was refused", refusals)}`;
  return { ...id, body };
}

export function efficiencySection({ efficiency, url }: Review): Section {
  return {
    ...{ id: "efficiency", label: "Efficiency", title: "Efficiency" },
    body: cards({ ...efficiency }, url),
  };
}

export function reliabilitySection({ vigilance, url }: Review): Section {
  const { stops, stopped, escaped, trust } = vigilance;
  const because = { production: "production failed", label: "somebody put the label" };
  const log = told(stops, "No andon was up.", (rows) =>
    table(
      ["Andon", "Why", "Raised", "Stood still"],
      rows.map((stop) => [
        linkTo(`#${stop.issue}`, url),
        because[stop.because],
        sayMinute(stop.raisedAt),
        `${sayNumber("ms", stop.ms)}${stop.liftedAt === undefined ? ", and stands still" : ""}`,
      ]),
    ),
  );
  const levels = told(trust, "No level of trust was changed.", (rows) =>
    table(
      ["Scope", "From", "To", "When"],
      rows.map(({ scope, from, to, at, commit }) => [
        html`<code>${scope}</code>`,
        from ?? "new",
        to ?? "gone",
        html`${sayMinute(at)} ${linkTo(commit, url)}`,
      ]),
    ),
  );
  return {
    ...{ id: "reliability", label: "Reliability", title: "Reliability and trust" },
    body: html`${cards({ stopped, escaped }, url)}<h3>Andon log</h3>${log}<h3>Changes of trust</h3>${levels}`,
  };
}

export function vigilanceSection({ vigilance, url }: Review): Section {
  const { comprehensionDebt, debt, owners, automations } = vigilance;
  const most = Math.max(0, ...debt.map(({ merged }) => ("value" in merged ? merged.value : 0)));
  const rows = debt.slice(0, 12).map(({ area, merged, unopened }) => {
    const part = "value" in unopened ? unopened.value : 0;
    return [
      html`<code>${area}</code>`,
      html`${shareBar(part, most, "unopened")}`,
      html`${sayValue(unopened)} of ${sayValue(merged)}`,
      countedFrom(unopened, url),
    ];
  });
  const areas = rows.length === 0 ? NOTHING : table(["Area", "Unopened", "", ""], rows);
  const gaps = told(owners, "There is nothing that could be owned.", (found) =>
    table(
      ["Area", "Files", "Owned"],
      found.map(({ area, files, owned }) => [
        html`<code>${area}</code>`,
        files.toLocaleString("en-US"),
        sayValue(owned),
      ]),
    ),
  );
  const health = told(automations, "No schedule starts a workflow.", (found) =>
    table(
      ["Workflow", "Last success", "State"],
      found.map(({ name, lastSuccess, isDead }) => [
        html`<code>${name}</code>`,
        lastSuccess === undefined ? "none known" : sayMinute(lastSuccess),
        isDead ? html`<span class="no">failed three times in a row</span>` : "works",
      ]),
    ),
  );
  return {
    ...{ id: "vigilance", label: "Vigilance", title: "Vigilance" },
    body: html`${cards({ comprehensionDebt }, url)}${areas}<h3>Owners</h3>${gaps}<h3>Automations</h3>${health}`,
  };
}

export function initiativesSection({ initiatives, url }: Review): Section {
  const body: Html = told(
    initiatives,
    "No issue has a milestone or a label that begins with initiative:.",
    (rows) =>
      table(
        ["Initiative", "", "Done", "Planned", "Stalled"],
        rows.map(({ name, planned, done, stalled }) => {
          const value = (figure: typeof done) => ("value" in figure ? figure.value : 0);
          return [
            name,
            shareBar(value(done), value(planned), "agents"),
            sayValue(done),
            sayValue(planned),
            "value" in stalled && stalled.value > 0
              ? html`${sayValue(stalled)}: ${linksTo(stalled.from, url)}`
              : sayValue(stalled),
          ];
        }),
      ),
  );
  return { id: "initiatives", label: "Initiatives", title: "Initiatives", body };
}
