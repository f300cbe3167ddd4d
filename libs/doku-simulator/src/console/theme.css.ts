/** Look of all pages of the simulator: colours, type, buttons, cards. */
export const THEME = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f7; --surface: #ffffff; --sunken: #f1f3f6; --line: #e1e4ea;
  --ink: #1a1f2b; --muted: #5d6678; --accent: #d7263d; --accent-ink: #ffffff;
  --good: #11734b; --good-ground: #ddf4e8; --bad: #b3261e; --bad-ground: #fde4e1;
  --warn: #855600; --warn-ground: #fdf0d0; --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11141b; --surface: #1a1f2a; --sunken: #131720; --line: #2c3342;
    --ink: #e8ebf2; --muted: #9aa4b8; --accent: #ff5a6e; --accent-ink: #1a0509;
    --good: #6fdca8; --good-ground: #12352a; --bad: #ff9d94; --bad-ground: #43201f;
    --warn: #f3c969; --warn-ground: #3a2f14;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.02rem; margin: 0; }
p { margin: 0; }
a { color: inherit; }
code, pre, .mono { font-family: var(--mono); font-size: .86em; }
.muted { color: var(--muted); }
.card {
  background: var(--surface); border: 1px solid var(--line); border-radius: 12px;
  padding: 16px; min-width: 0;
}
.badge {
  display: inline-block; padding: 1px 8px; border-radius: 999px; background: var(--sunken);
  color: var(--muted); font-size: .78rem; font-weight: 600; white-space: nowrap;
}
.badge.good { background: var(--good-ground); color: var(--good); }
.badge.bad { background: var(--bad-ground); color: var(--bad); }
.badge.warn { background: var(--warn-ground); color: var(--warn); }
.alert {
  padding: 10px 12px; border-radius: 8px; background: var(--bad-ground); color: var(--bad);
  font-weight: 600;
}
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
button, input, select {
  font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--line);
  border-radius: 8px; padding: 6px 12px; min-width: 0; max-width: 100%;
}
button { cursor: pointer; font-weight: 550; }
button:hover { border-color: var(--muted); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
button.small, select.small { padding: 2px 9px; font-size: .84rem; }
button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible, a:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 2px;
}
label { font-size: .84rem; color: var(--muted); }
summary { cursor: pointer; }
ul { margin: 0; padding-left: 20px; }
.narrow { min-height: 100vh; display: grid; place-items: center; padding: 16px; }
.narrow .card { width: min(460px, 100%); padding: 24px; display: grid; gap: 16px; }
.narrow .badge { justify-self: start; }
.narrow form { display: grid; gap: 8px; }
.narrow input { padding: 10px 12px; font-family: var(--mono); letter-spacing: .06em; }
.narrow .row { margin-top: 8px; }
.narrow .row button { flex: 1; padding: 10px; }
.narrow details { color: var(--muted); font-size: .88rem; }
`;
