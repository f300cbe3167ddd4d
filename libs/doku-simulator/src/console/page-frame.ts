import { THEME } from './theme.css.js';
import type { ServerResponse } from 'node:http';

/** A page for a customer. The content is markup: all text in it must have been escaped. */
export function renderFrame(badge: string, title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · DOKU simulator</title>
<style>${THEME}</style>
</head>
<body class="narrow">
<main class="card">
<p class="badge">${escapeHtml(badge)}</p>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Pages hold no script, and may load nothing. */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    'Cache-Control': 'no-store',
  });
  response.end(html);
}
