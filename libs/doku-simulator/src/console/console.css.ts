/** Layout of the console, on top of the theme. */
export const CONSOLE_STYLE = `
header.top {
  position: sticky; top: 0; z-index: 2; background: var(--surface);
  border-bottom: 1px solid var(--line); padding: 12px 20px;
  display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center;
}
header.top .brand { display: flex; align-items: center; gap: 10px; margin-right: auto; }
header.top .dot { width: 10px; height: 10px; border-radius: 50%; background: var(--muted); }
header.top .dot.live { background: #23a26d; }
header.top .fact { display: flex; flex-direction: column; line-height: 1.25; }
header.top .fact span { font-size: .72rem; color: var(--muted); }
header.top .fact strong { font-family: var(--mono); font-size: .92rem; }
main.console {
  display: grid; gap: 16px; padding: 16px 20px 40px; max-width: 1500px; margin: 0 auto;
  grid-template-columns: minmax(0, 1fr);
}
.column { display: grid; gap: 16px; align-content: start; min-width: 0; }
@media (min-width: 1000px) {
  main.console { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
}
.card > .head { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 12px; }
.card > .head h2 { margin-right: auto; }
.list { display: grid; gap: 6px; max-height: 560px; overflow-y: auto; }
.column.side .list { max-height: 360px; }
.item { border: 1px solid var(--line); border-radius: 8px; padding: 8px 10px; min-width: 0; }
.item > summary { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
.item > summary::-webkit-details-marker { display: none; }
.item[open] > summary { padding-bottom: 8px; border-bottom: 1px solid var(--line); }
.item .name { font-weight: 600; overflow-wrap: anywhere; }
.item .grow { margin-right: auto; }
.item .reason { flex-basis: 100%; color: var(--bad); font-size: .88rem; overflow-wrap: anywhere; }
.item .detail { display: grid; gap: 8px; padding-top: 8px; min-width: 0; }
.item .actions { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
.detail h3 { font-size: .78rem; margin: 0; color: var(--muted); font-weight: 600; }
pre {
  margin: 0; padding: 8px 10px; background: var(--sunken); border-radius: 6px;
  white-space: pre-wrap; overflow-wrap: anywhere; max-height: 280px; overflow-y: auto;
}
.form { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 8px; align-items: end; }
.form > div { display: grid; gap: 2px; min-width: 0; }
.form input, .form select, .form button { width: 100%; height: 38px; }
.form .double { grid-column: span 2; }
.form.spaced { margin-bottom: 12px; }
.switch { display: flex; gap: 8px; align-items: center; color: var(--ink); font-size: .92rem; padding: 3px 0; }
.switch input { accent-color: var(--accent); width: 16px; height: 16px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th, td { text-align: left; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 600; white-space: nowrap; }
td.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.wide { overflow-wrap: anywhere; min-width: 110px; }
.empty { color: var(--muted); padding: 4px 0; }
.alarm { margin: 16px auto 0; max-width: 1460px; width: calc(100% - 40px); }
.alarm[hidden] { display: none; }
#toast {
  position: fixed; left: 20px; bottom: 20px; z-index: 3; max-width: min(560px, calc(100vw - 40px));
  background: var(--ink); color: var(--surface); padding: 10px 16px; border-radius: 10px;
  opacity: 0; pointer-events: none; transition: opacity .2s;
}
#toast.shown { opacity: 1; }
@media (max-width: 520px) {
  header.top { padding: 10px 12px; position: static; }
  main.console { padding: 12px 12px 32px; }
  .card { padding: 12px; }
}
@media (prefers-reduced-motion: reduce) { #toast { transition: none; } }
`;
