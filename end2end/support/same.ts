// Whether the browser half made of a page what the server had sent.
import { expect, type Page } from "@playwright/test";

/** Compares the page with its HTML as it was sent: the same elements with the same texts. */
export async function sameAsSent(page: Page, html: string): Promise<void> {
  const [sent, now] = await page.evaluate((html) => {
    const lines = (root: Element): string[] => {
      const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      let text = "";
      const flush = () => {
        const words = text.replaceAll(/\s+/g, " ").trim();
        if (words) found.push(words);
        text = "";
      };
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node instanceof Text || node.nodeType === Node.TEXT_NODE) {
          if (node.parentElement?.tagName !== "SCRIPT") text += node.textContent;
        } else if ((node as Element).tagName !== "SCRIPT") {
          flush();
          const element = node as Element;
          const attributes = ["id", "href", "name", "value", "for", "action", "aria-current", "type"];
          found.push([element.tagName, ...attributes.map((name) => element.getAttribute(name) ?? "")].join(" ").trim());
        }
      }
      flush();
      return found;
    };
    const sent = new DOMParser().parseFromString(html, "text/html");
    return [lines(sent.body), lines(document.body)];
  }, html);
  expect(now).toEqual(sent);
}
