/**
 * The one style sheet of the page. Each text has a contrast of 4.5 or more to what is behind it, each bar 3 or more. No double
 * quotes, ampersands and less-than signs: these would be escaped, and the page's policy knows the sheet by its hash.
 */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f6f7f8; --card: #fff; --ink: #1b1f24; --soft: #56606b; --line: #dfe3e7; --fill: #eef1f3;
  --link: #0a58a6; --watched: #1b7f70; --unwatched: #c4590a; --stopped: #868f99; --load: #3a6ea5;
  --bad: #b3261e; --bad-fill: #fcedeb; --warn: #7d5300; --warn-fill: #fbf3df; --good: #17695d;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #121518; --card: #1a1e22; --ink: #e7eaed; --soft: #a4adb7; --line: #2e353c; --fill: #252b31;
    --link: #7fb8f0; --watched: #4fb8a6; --unwatched: #ef8d42; --stopped: #77818c; --load: #6d9fd3;
    --bad: #ff9a90; --bad-fill: #3a1f1d; --warn: #f0c463; --warn-fill: #33290f; --good: #6ecbb9;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0 auto; max-width: 76rem; padding: 2.5rem clamp(1rem, 4vw, 3rem) 3rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  overflow-wrap: break-word; -webkit-text-size-adjust: 100%;
}
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--card); border-radius: 6px; z-index: 1; }
.skip:focus { top: 1rem; }
main:focus { outline: none; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -.02em; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.375rem; line-height: 1.25; letter-spacing: -.01em; font-weight: 650; margin-bottom: .75rem; }
h3 { font-size: 1rem; }
code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; background: var(--fill); padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere; }
.eyebrow { color: var(--soft); font-size: .8125rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase; margin-bottom: .25rem; }
.sub { color: var(--soft); margin-top: .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1.5rem 0 0; padding: .75rem 0; border-block: 1px solid var(--line); }
nav a { text-decoration: none; font-size: .9375rem; display: inline-block; padding: .125rem 0; }
nav a:hover { text-decoration: underline; }
main > section { margin-top: 3rem; }
.intro { color: var(--soft); max-width: 46rem; margin-bottom: 1rem; }
.more { color: var(--soft); font-size: .9375rem; margin-top: .75rem; max-width: 60rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .75rem; margin-top: 1.5rem; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.125rem; }
.tiles dt { color: var(--soft); font-size: .875rem; font-weight: 600; }
.tiles dd { color: var(--soft); font-size: .875rem; }
.tiles .value { color: var(--ink); font-size: 2rem; line-height: 1.2; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; margin: .125rem 0 .25rem; }
.tiles .bad .value { color: var(--bad); }
.tiles .bar { width: 100%; margin: .25rem 0 .375rem; }

.problems { list-style: none; display: grid; gap: .5rem; }
.problems li { display: grid; grid-template-columns: 5.5rem 1fr; gap: 0 .75rem; align-items: start; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--warn); border-radius: 8px; padding: .75rem 1rem; }
.problems li.error { border-left-color: var(--bad); }
.problems p { color: var(--soft); }
.problems a { color: inherit; text-decoration-color: var(--line); text-decoration-thickness: 2px; text-underline-offset: .2em; }
.problems a:hover { text-decoration-color: currentColor; }
.tag { justify-self: start; font-size: .75rem; font-weight: 650; line-height: 1.5rem; padding: 0 .5rem; border-radius: 4px; color: var(--warn); background: var(--warn-fill); }
.error .tag { color: var(--bad); background: var(--bad-fill); }
.well { color: var(--good); font-weight: 600; }
.notice { background: var(--warn-fill); border-radius: 8px; padding: .75rem 1rem; margin-bottom: .75rem; }
.notice ul, .limits { padding-left: 1.25rem; }
.limits { color: var(--soft); max-width: 60rem; display: grid; gap: .5rem; }

.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.45; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding: .75rem 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .75rem 1rem; font-weight: 400; }
tr:target { background: var(--fill); }
tbody tr { border-top: 1px solid var(--line); }
thead th { color: var(--soft); font-size: .8125rem; font-weight: 600; vertical-align: bottom; padding-block: .5rem; white-space: nowrap; }
tbody th { font-weight: 600; }
th.wide { min-width: 12rem; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
.note { display: block; color: var(--soft); font-size: .8125rem; font-weight: 400; }
.plain .note { display: inline; }
.sample { overflow-wrap: anywhere; }
.lack { color: var(--bad); }
.figure { font-variant-numeric: tabular-nums; }
.chips { display: flex; flex-wrap: wrap; gap: .25rem; margin-top: .25rem; font-weight: 400; font-size: .9375rem; }
.plain { list-style: none; display: grid; gap: .125rem; overflow-wrap: anywhere; }

.bar { display: block; width: 9rem; height: .5rem; border-radius: 3px; background: var(--fill); margin: .25rem 0; }
.w { fill: var(--watched); background: var(--watched); }
.u { fill: var(--unwatched); background: var(--unwatched); }
.s { fill: var(--stopped); background: var(--stopped); }
.a { fill: var(--load); }
.none { fill: var(--line); }
.days { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; margin-bottom: 1rem; }
.plot { display: flex; gap: .5rem; margin-top: .75rem; }
.scale { display: flex; flex-direction: column; justify-content: space-between; align-items: flex-end; height: 6rem; line-height: 1; color: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums; }
.days svg { display: block; flex: 1; min-width: 0; height: 6rem; border-bottom: 1px solid var(--line); border-left: 1px solid var(--line); }
.days figcaption, .axis { color: var(--soft); font-size: .875rem; }
.axis { display: flex; justify-content: space-between; margin-top: .25rem; font-size: .8125rem; }

.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-bottom: .75rem; font-size: .9375rem; font-variant-numeric: tabular-nums; }
.key { display: inline-block; width: .75rem; height: .75rem; border-radius: 3px; margin-right: .4rem; vertical-align: -.05rem; }
.tree { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .5rem 1rem; font-size: .9375rem; }
.tree ul { list-style: none; }
.tree ul ul, .tree details p { margin-left: .55rem; padding-left: 1rem; border-left: 1px solid var(--line); }
summary, .line { display: grid; grid-template-columns: 1rem minmax(8rem, 1fr) 9rem 15rem; gap: 0 .75rem; align-items: center; padding: .3rem .25rem; border-radius: 6px; }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before, .line::before { content: ''; }
summary::before { width: .4rem; height: .4rem; border: solid var(--soft); border-width: 0 2px 2px 0; transform: rotate(-45deg); margin-left: .2rem; }
details[open] > summary::before { transform: rotate(45deg); }
summary:hover { background: var(--fill); }
.segment { font-weight: 550; overflow-wrap: anywhere; }
.counts { color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
.metrics { padding-block: .3rem; line-height: 1.9; }
.metrics b { font-weight: 600; font-size: .875rem; margin-right: .25rem; }
.tree .more { margin-top: 0; padding-block: .3rem; }
@media (max-width: 44rem) {
  body { padding-top: 1.5rem; }
  main > section { margin-top: 2.25rem; }
  .problems li { grid-template-columns: 1fr; gap: .375rem; }
  summary, .line { grid-template-columns: 1rem 1fr 4.5rem; }
  .counts { grid-column: 2 / -1; }
  summary .bar, .line .bar { width: 100%; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table, tbody, tr, tbody th, td { display: block; }
  tbody tr { padding: .75rem 1rem; }
  caption { display: block; padding-bottom: .5rem; }
  tbody th, td, td.number { padding: 0; text-align: left; }
  td { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: .75rem; margin-top: .375rem; }
  td::before { content: attr(data-name); color: var(--soft); font-size: .8125rem; line-height: 1.65; }
}
@media (forced-colors: active) { .bar, .key, .days svg { forced-color-adjust: none; } }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  .scroll { overflow: visible; border: 0; }
  tr, .problems li, .tiles div, figure { break-inside: avoid; }
  h2 { break-after: avoid; }
  .bar, .key, .days svg, .tag { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
