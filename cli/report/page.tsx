import { createHash } from "node:crypto";
import { renderToStaticMarkup } from "preact-render-to-string";
import { CoverageSection } from "./coverage.tsx";
import { ExclusionsSection } from "./exclusions.tsx";
import { LIMITS } from "./limits.ts";
import type { Report, Shown } from "./model.ts";
import { LimitsSection, ProblemsSection } from "./problems.tsx";
import { RecipientsSection, StoppedDataSection } from "./recipients-section.tsx";
import { styles } from "./styles.ts";
import { Summary } from "./summary.tsx";
import { date, moment, visibleTexts } from "./text.ts";
import { cutTree } from "./tree.ts";
import { OverlapsSection, WatchersSection } from "./watchers-section.tsx";

/**
 * A report as one HTML page that needs nothing else: no script, no network. The same text for the same report. Its size is
 * bounded by `LIMITS`.
 */
export function pageOf(given: Report): string {
  const coverage = given.coverage && cutTree(given.coverage, LIMITS.tree);
  const report = { ...visibleTexts({ ...given, coverage: null }), coverage: visibleTexts(coverage) };
  return `<!doctype html>\n${renderToStaticMarkup(<Page report={report} />)}\n`;
}

/** Nothing may be loaded and nothing may run, whatever a name says; only this very style sheet applies. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(styles).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function Page({ report }: { readonly report: Shown }) {
  const { organization, takenAt, load } = report;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${organization.name}: Anomify report of ${date(takenAt)}`}</title>
        <style>{styles}</style>
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header>
          <p class="eyebrow">Anomify report</p>
          <h1>
            <bdi>{organization.name}</bdi>
          </h1>
          <p class="sub">
            Organization {organization.id}, as of <time dateTime={iso(takenAt)}>{moment(takenAt)}</time>
            {load && `. Alerts are replayed from ${date(load.span.from)} to ${date(load.span.until)}`}.
          </p>
        </header>
        <Navigation report={report} />
        <main id="main" tabIndex={-1}>
          <Summary report={report} />
          <ProblemsSection report={report} />
          <WatchersSection report={report} />
          <CoverageSection report={report} />
          <RecipientsSection report={report} />
          <OverlapsSection report={report} />
          <StoppedDataSection report={report} />
          <ExclusionsSection report={report} />
          <LimitsSection report={report} />
        </main>
        <footer>
          <p>Written by anomify report, which only reads. No credential and no webhook URL is in this file.</p>
        </footer>
      </body>
    </html>
  );
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

function Navigation({ report }: { readonly report: Shown }) {
  const places = [
    ["problems", "Problems"],
    ["watchers", "Watchers"],
    ...(report.coverage ? [["coverage", "Coverage"]] : []),
    ["recipients", "Recipients"],
    ...(report.overlaps.length > 0 ? [["twice", "Told twice"]] : []),
    ["stopped", "When data stops"],
    ["exclusions", "Exclusions"],
    ["limits", "What it rests on"],
  ];
  return (
    <nav aria-label="Sections">
      <ul>
        {places.map(([id, name]) => (
          <li key={id}>
            <a href={`#${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
