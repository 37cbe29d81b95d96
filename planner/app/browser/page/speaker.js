// Says Streamlit's own words in the reader's language, now and whenever it draws something.

import { phraseBook } from "./phrase_book.js";

const SPOKEN = ["aria-label", "title", "placeholder"];
const LABELLED = SPOKEN.map((name) => `[${name}]`).join(",");
// What planners or we have written is never Streamlit's.
const OURS = ".stMarkdown, .stHtml, .stCode, pre, code, svg, table, .cm-editor";
// A single word may as well be somebody's; on its buttons and in its hints it is Streamlit's.
const ITS_WORDS = "button, [role=button], [role=tooltip], [role=menuitem], [role=option]";

/** The English that an element or text had, and what is said instead. */
/** @typedef {{ english: string, own: string }} Spoken */

export class Speaker {
  /** @type {WeakMap<Node, Map<string, Spoken>>} */
  #spoken = new WeakMap();
  /** @type {(phrase: string) => string | undefined} */
  #find = () => undefined;
  #language = "";

  /** @param {Element} root */
  constructor(root) {
    this.root = root;
    new MutationObserver((changes) => this.#follow(changes)).observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: SPOKEN,
    });
  }

  /**
   * Speak a language from here on.
   * @param {string} language
   * @param {Record<string, string>} said - English -> its words
   */
  speak(language, said) {
    if (language === this.#language) return;
    this.#language = language;
    this.#find = phraseBook(said);
    this.#say(this.root);
  }

  /** @param {MutationRecord[]} changes */
  #follow(changes) {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === "characterData") this.#sayText(/** @type {Text} */ (target));
      else if (attributeName) this.#sayLabel(/** @type {Element} */ (target), attributeName);
      else for (const node of addedNodes) this.#say(node);
    }
  }

  /** @param {Node} node */
  #say(node) {
    if (node instanceof Text) this.#sayText(node);
    if (!(node instanceof Element)) return;
    for (const labelled of [node, ...node.querySelectorAll(LABELLED)]) {
      for (const name of SPOKEN) this.#sayLabel(labelled, name);
    }
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) this.#sayText(/** @type {Text} */ (texts.currentNode));
  }

  /**
   * @param {Element} element
   * @param {string} name
   */
  #sayLabel(element, name) {
    const now = element.getAttribute(name);
    if (!now) return;
    const own = this.#own(element, name, now);
    if (own !== undefined && own !== now) element.setAttribute(name, own);
  }

  /** @param {Text} text */
  #sayText(text) {
    const now = text.data.trim();
    const around = text.parentElement;
    if (!now || !around || around.closest(OURS)) return;
    if (!now.includes(" ") && !around.closest(ITS_WORDS)) return;
    const own = this.#own(text, "text", now);
    if (own !== undefined && own !== now) text.data = own;
  }

  /**
   * Return what is to be said; undefined where it is not Streamlit's.
   * @param {Node} node
   * @param {string} name
   * @param {string} now
   */
  #own(node, name, now) {
    const before = this.#spoken.get(node)?.get(name);
    const english = before?.own === now ? before.english : now;
    const own = this.#find(english);
    if (own === undefined) return undefined;
    if (!this.#spoken.has(node)) this.#spoken.set(node, new Map());
    this.#spoken.get(node)?.set(name, { english, own });
    return own;
  }
}
