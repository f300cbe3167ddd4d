/** The console's page. Everything that varies is filled in by its script. */
export const CONSOLE_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>DOKU simulator</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="_simulator/console.css">
<script src="_simulator/console.js" defer></script>
</head>
<body>
<header class="top">
  <div class="brand"><span class="dot" id="live" title="Not connected"></span><h1>DOKU simulator</h1></div>
  <div class="fact"><span>Base URL</span><strong id="base-url"></strong></div>
  <div class="fact"><span>OTP to type</span><strong id="otp"></strong></div>
  <div class="fact"><span>Virtual time</span><strong id="now"></strong></div>
</header>
<div class="alarm alert" id="alarm" role="alert" hidden></div>
<main class="console">
  <div class="column">
    <section class="card">
      <div class="head"><h2>Requests</h2>
        <select class="small" id="request-filter" aria-label="Show which operation"><option value="">All operations</option></select>
        <button class="small" id="clear-requests">Clear</button></div>
      <div class="list" id="requests"></div>
    </section>
    <section class="card">
      <div class="head"><h2>Notifications</h2><button class="small" id="shuffle">Send last 3 out of order</button></div>
      <form class="form spaced" id="new-notification">
        <div><label for="n-invoice">Invoice</label><input id="n-invoice" name="invoiceNumber" required></div>
        <div><label for="n-status">Status</label><select id="n-status" name="status">
          <option value="">As it is</option><option>SUCCESS</option><option>FAILED</option><option>PENDING</option>
          <option>EXPIRED</option><option>REFUNDED</option></select></div>
        <div><label for="n-amount">Amount</label><input id="n-amount" name="amount" inputmode="numeric" placeholder="as paid"></div>
        <div><button class="primary">Send</button></div>
      </form>
      <div class="list" id="notifications"></div>
    </section>
    <section class="card">
      <div class="head"><h2>Ledger</h2></div>
      <div class="scroll" id="ledger"></div>
    </section>
  </div>
  <div class="column side">
    <section class="card">
      <div class="head"><h2>Payments</h2></div>
      <div class="list" id="payments"></div>
    </section>
    <section class="card">
      <div class="head"><h2>Clock</h2></div>
      <div class="row">
        <button data-advance="300000">+5 min</button><button data-advance="1800000">+30 min</button>
        <button data-advance="21600000">+6 h</button><button data-advance="43200000">+12 h</button>
      </div>
      <form class="form" id="skew-form" style="margin-top:12px">
        <div><label for="skew">Skew of wire timestamps, s</label><input id="skew" name="skew" inputmode="numeric" value="0"></div>
        <div><button>Set skew</button></div>
      </form>
    </section>
    <section class="card">
      <div class="head"><h2>Faults</h2><button class="small" id="clear-faults">Clear</button></div>
      <form class="form spaced" id="fault-form">
        <div class="double"><label for="f-operation">Operation</label><select id="f-operation" name="operation"><option value="*">any</option></select></div>
        <div class="double"><label for="f-fault">Fault</label><select id="f-fault" name="fault"></select></div>
        <div><label for="f-times">Times</label><input id="f-times" name="times" value="1" inputmode="numeric" placeholder="until cleared"></div>
        <div><label for="f-ms">ms</label><input id="f-ms" name="ms" inputmode="numeric" placeholder="default"></div>
        <div><label for="f-code">Code of refuse</label><input id="f-code" name="responseCode" inputmode="numeric" placeholder="4035414"></div>
        <div><button class="primary">Add</button></div>
      </form>
      <div class="list" id="faults"></div>
    </section>
    <section class="card">
      <div class="head"><h2>Bindings</h2></div>
      <div class="list" id="bindings"></div>
      <div class="scroll" id="accounts"></div>
    </section>
    <section class="card">
      <div class="head"><h2>Registrations</h2></div>
      <div class="list" id="registrations"></div>
    </section>
    <section class="card">
      <div class="head"><h2>Cards</h2></div>
      <div class="scroll" id="cards"></div>
    </section>
    <section class="card">
      <div class="head"><h2>Settings</h2></div>
      <div id="settings"></div>
    </section>
    <section class="card">
      <div class="head"><h2>Sandbox rules</h2></div>
      <ul id="rules"></ul>
      <p class="muted" id="merchants" style="margin-top:12px"></p>
    </section>
  </div>
</main>
<div id="toast" role="status" aria-live="polite"></div>
</body>
</html>
`;
