import { createContext, Script } from 'node:vm';

/** As much of a DOM element as the console's script uses. */
class PageElement {
  readonly classList = { add: (): void => undefined, remove: (): void => undefined };
  readonly dataset = {};
  value = '';
  private children: unknown[] = [];

  get textContent(): string {
    return this.children
      .map((child) => (child instanceof PageElement ? child.textContent : String(child)))
      .join(' ');
  }

  set textContent(text: string) {
    this.children = [text];
  }

  append(...children: unknown[]): void {
    this.children.push(...children);
  }

  replaceChildren(...children: unknown[]): void {
    this.children = children;
  }

  setAttribute(): void {
    // Attributes do not show in the text.
  }

  addEventListener(): void {
    // Nobody clicks here.
  }
}

/** Runs the console's script once, without a browser; answers the text of a part of the page. */
export async function readConsole(url: string, script: string): Promise<(id: string) => string> {
  const parts = new Map<string, PageElement>();
  const partOf = (id: string): PageElement => {
    const part = parts.get(id) ?? new PageElement();
    parts.set(id, part);
    return part;
  };
  const page = createContext({
    document: {
      getElementById: partOf,
      createElement: () => new PageElement(),
      querySelectorAll: () => [],
    },
    fetch: (path: string, init: RequestInit) => fetch(`${url}/${path}`, init),
    // The script only sets handlers on it, which any object takes.
    EventSource: PageElement,
    // The page is drawn once; what it would do later does not matter.
    setTimeout: () => 0,
    clearTimeout: () => undefined,
    setInterval: () => 0,
  });
  // The script's last statement is the promise of its start.
  await new Script(script).runInContext(page);
  return (id) => partOf(id).textContent;
}
