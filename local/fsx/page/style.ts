/** The style of the page, in the color scheme of the reader. */
export const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentcolor 20%, transparent); --soft: color-mix(in srgb, currentcolor 65%, transparent); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem 1.25rem 3rem; font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; font-family: ui-monospace, monospace; font-weight: 600; }
p { margin: .35rem 0; }
header, .row { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; justify-content: space-between; }
form { display: inline; }
button { font: inherit; padding: .2rem .6rem; border: 1px solid var(--line); border-radius: .35rem; background: transparent; color: inherit; cursor: pointer; }
button:hover { background: color-mix(in srgb, currentcolor 8%, transparent); }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; margin: .7rem 0; }
table { border-collapse: collapse; width: 100%; margin-top: .5rem; font-size: .93em; }
caption { text-align: left; color: var(--soft); padding: .3rem 0 .1rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; }
code { font-family: ui-monospace, monospace; font-size: .93em; }
.soft { color: var(--soft); }
.state { white-space: nowrap; font-weight: 600; }
.state::before { content: ""; display: inline-block; width: .6em; height: .6em; margin-right: .4em; border-radius: 50%; background: #888; }
.good::before { background: #2e8b57; }
.busy::before { background: #d08700; }
.bad::before { background: #c73a3a; }
progress { appearance: none; width: 8rem; height: .55rem; border: 0; border-radius: .3rem; overflow: hidden; vertical-align: middle; background: var(--line); }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: #d08700; }
progress::-moz-progress-bar { background: #d08700; }
td code { overflow-wrap: normal; }
nav a { color: inherit; }
.scroll { overflow-x: auto; }
`;
