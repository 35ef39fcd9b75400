/** One style sheet for every page. Colours are chosen for 4.5 : 1 of contrast on both grounds. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfbf9; --panel: #ffffff; --ink: #1b2126; --soft: #57626b; --line: #d8dde0;
  --accent: #0b6a58; --bar: #58a895; --base: #8b949b; --bad: #a8321f; --good: #17693f; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181b; --panel: #1b2125; --ink: #e7ebed; --soft: #a3aeb6;
  --line: #343d43; --accent: #6fd0b8; --bar: #3f8f7e; --base: #76818a; --bad: #f08d7b; --good: #79cf9f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem clamp(.75rem, 3vw, 2rem) 3rem; max-width: 84rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: .95rem; margin: 1rem 0 .25rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; justify-content: space-between; }
p { margin: .25rem 0; max-width: 52rem; } .soft, small { color: var(--soft); }
button, select, input { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; }
input[type=search] { width: 15rem; max-width: 100%; } button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .75rem 0; } .controls label { display: inline-flex; gap: .4rem; align-items: center; }
.scroll { overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; position: relative; }
td svg { min-width: 120px; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } th, td { padding: .4rem .6rem; text-align: right; white-space: nowrap; }
th { font-weight: 600; white-space: normal; word-break: keep-all; } thead th { border-bottom: 1px solid var(--line); color: var(--soft); } tbody tr + tr > * { border-top: 1px solid var(--line); }
figure svg { width: 100%; } th.name, td.name { white-space: nowrap; text-align: left; max-width: 18rem; overflow: hidden; text-overflow: ellipsis; unicode-bidi: isolate; }
th button { border: 0; max-width: 100%; overflow: hidden; text-overflow: ellipsis; background: none; padding: 0; font-weight: 600; color: inherit; } td.name button { border: 0; background: none; padding: 0; text-align: left; color: var(--accent); }
td.wide { white-space: normal; text-align: left; } tr.baseline { color: var(--soft); }
.heat td { border: 2px solid var(--panel); text-align: center; color: #10201c; } .heat td.none { color: var(--soft); }
.plots { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); } figure { margin: 0; padding: .75rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
figcaption { font-weight: 600; margin-bottom: .25rem; } svg { display: block; max-width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 12px; } svg text.label { fill: var(--ink); }
.axis { stroke: var(--line); } .interval { stroke: var(--bar); stroke-width: 5; stroke-linecap: round; } .interval.base { stroke: var(--base); } .point { fill: var(--accent); } .point.base { fill: var(--base); } .whisker { stroke: var(--bar); stroke-width: 1.5; }
.line { fill: none; stroke-width: 1.8; } .window { fill: var(--bad); opacity: .12; } .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; } .branch { fill: none; stroke: var(--base); stroke-width: 2; } .branch.binding, .branch.overloaded { stroke: var(--bad); stroke-width: 3.5; } .branch.out { stroke-dasharray: 5 4; } .bus { fill: var(--panel); stroke: var(--accent); stroke-width: 2; }
ul.claims { list-style: none; margin: .25rem 0; padding: 0; white-space: normal; text-align: left; } ul.claims q { display: block; color: var(--soft); } 
.band { fill: var(--bar); opacity: .18; } .trend { fill: none; stroke: var(--accent); stroke-width: 1.8; } .change { stroke: var(--bad); stroke-dasharray: 4 3; } .point.lost { fill: var(--bad); } .point.hollow { fill: var(--panel); stroke: var(--base); stroke-width: 1.5; } .drift li { color: var(--bad); } section > figure { margin-bottom: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: .25rem 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.details { display: grid; gap: .5rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); } .details .group { overflow-x: auto; } .details table { width: auto; } .details th, .details td { padding: .1rem .5rem; }
summary { cursor: pointer; } ul.samples { columns: 14rem; list-style: none; margin: .25rem 0 .5rem; padding: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; padding: .6rem .8rem; background: var(--panel); border: 1px solid var(--line); border-inline-start: 3px solid var(--bar); border-radius: 4px; font: 13px/1.5 ui-monospace, monospace, "Noto Sans Mono CJK SC"; unicode-bidi: plaintext; max-height: 28rem; overflow: auto; }
.bad { color: var(--bad); } .good { color: var(--good); }
#list { height: min(60vh, 32rem); overflow-y: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; position: relative; } #rows { position: relative; }
.row { position: absolute; inset-inline: 0; height: 44px; display: grid; grid-template-columns: 4.5rem minmax(8rem, 1.5fr) minmax(6rem, .6fr) minmax(0, 1.3fr) 4rem; gap: .75rem; align-items: center; padding: 0 .75rem; border: 0; border-bottom: 1px solid var(--line); text-align: left; cursor: pointer; }
.row span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .row[aria-selected=true] { background: color-mix(in srgb, var(--bar) 22%, transparent); } .row .size { text-align: right; color: var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 40rem) { .row { grid-template-columns: 3.5rem 1fr 3rem; } .row .model, .row .why { display: none; } body { font-size: 14px; } th, td { padding: .35rem .45rem; } th.name, td.name { max-width: 10rem; } td.wide { max-width: calc(100vw - 2rem); } .details { max-width: calc(100vw - 3.5rem); position: sticky; left: .5rem; } }
@media print { button, .controls { display: none; } }
`;
