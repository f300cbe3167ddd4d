import { escapeHtml, renderFrame } from '../console/page-frame.js';

/** What a customer has to enter to say yes. */
export interface Entry {
  readonly name: string;
  readonly label: string;
  readonly right: string;
  readonly isSecret?: boolean;
}

/** A page's question, and what it is about. */
export interface Question {
  readonly title: string;
  readonly intro: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly entries: readonly Entry[];
  readonly yes: string;
  readonly no: string;
  readonly rules: readonly string[];
}

/** A page that only tells something. */
export function renderNotice(badge: string, title: string, text: string): string {
  return renderFrame(badge, title, `<p>${escapeHtml(text)}</p>`);
}

export function renderQuestion(badge: string, question: Question, problem?: string): string {
  const { title, intro, facts, entries, yes, no, rules } = question;
  const alert =
    problem === undefined ? '' : `<p class="alert" role="alert">${escapeHtml(problem)}</p>`;
  const list = facts
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('');
  return renderFrame(
    badge,
    title,
    `<p class="muted">${escapeHtml(intro)}</p>
    ${alert}
    <dl class="facts">${list}</dl>
    <form method="post">
      ${entries.map(renderEntry).join('\n      ')}
      <div class="row">
        <button class="primary" name="action" value="approve">${escapeHtml(yes)}</button>
        <button name="action" value="decline" formnovalidate>${escapeHtml(no)}</button>
      </div>
    </form>
    <details><summary>Sandbox rules</summary><ul>${rules.map((rule) => `<li>${escapeHtml(rule)}</li>`).join('')}</ul></details>`,
  );
}

function renderEntry({ name, label, right, isSecret = false }: Entry, index: number): string {
  const type = isSecret ? ' type="password" autocomplete="off"' : ' autocomplete="one-time-code"';
  const focus = index === 0 ? ' autofocus' : '';
  return `<label for="${name}">${label}</label>
      <input id="${name}" name="${name}"${type} inputmode="numeric" maxlength="${right.length}" required${focus}>`;
}
