// The text of a scenario, and at its lines and below it what is wrong in it.

import { attend, leave } from "../board.js";
import { element } from "../dom.js";
import { DraftExchange } from "./draft_exchange.js";
import { YamlView } from "./yaml_view.js";

/** @import { Call, EditorLetter, EditorOptions, Fault } from "../types.js" */

const REST_MS = 400;

/** @type {WeakMap<ShadowRoot, Editor>} */
const mounted = new WeakMap();

/** @param {Call<EditorOptions>} call */
export default function ({ data, parentElement }) {
  const editor = mounted.get(parentElement) ?? new Editor(parentElement);
  mounted.set(parentElement, editor);
  editor.mount(data);
  return () => {
    mounted.delete(parentElement);
    editor.remove();
  };
}

class Editor {
  /** @type {EditorOptions} */ options;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ rest;

  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.root = element("div", { class: "editor" });
    this.label = element("div", { class: "label", id: "label" });
    this.frame = element("div", { class: "frame" });
    this.status = element("p", { class: "status", id: "status", role: "status" });
    this.list = element("ol", { class: "faults" });
    this.keys = element("p", { class: "keys", id: "keys" });
    this.root.append(this.label, this.frame, this.status, this.list, this.keys);
    parent.append(this.root);
    this.exchange = new DraftExchange(sessionStorage);
    this.yaml = new YamlView(this.frame, parent, {
      written: () => this.written(),
      left: () => this.send(),
      send: (step) => this.send(step),
    });
    /** @param {BeforeUnloadEvent} event */
    this.leaving = (event) => {
      if (this.exchange.isUnsaved(this.yaml.text)) event.preventDefault();
    };
    window.addEventListener("beforeunload", this.leaving);
  }

  /** @param {EditorOptions} options */
  mount(options) {
    const same = JSON.stringify(options) === JSON.stringify(this.options);
    this.options = options;
    if (same) return;
    this.label.textContent = options.texts.label;
    this.keys.textContent = options.texts.keys;
    this.frame.style.height ||= `${options.height_px}px`;
    this.yaml.configure(options);
    attend("editors", options.editor, this);
  }

  remove() {
    this.send();
    leave("editors", this.options.editor, this);
    window.removeEventListener("beforeunload", this.leaving);
    this.yaml.remove();
    this.root.remove();
  }

  /** @param {EditorLetter} letter */
  receive(letter) {
    const shown = this.yaml.text;
    const text = this.exchange.receive(letter, shown);
    if (text !== shown) clearTimeout(this.rest);
    this.yaml.show(text);
    this.explain(letter);
  }

  written() {
    this.exchange.remember(this.yaml.text);
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.send(), REST_MS);
  }

  send(step = 0) {
    clearTimeout(this.rest);
    this.exchange.send(this.yaml.text, { step });
  }

  /** @param {EditorLetter} letter */
  explain({ text, faults, status }) {
    this.status.textContent = status;
    this.status.classList.toggle("faulty", faults.length > 0);
    this.list.replaceChildren(...faults.map((fault) => this.faultItem(fault)));
    // Lines are counted in the text that the app has read.
    if (text === this.yaml.text) this.yaml.mark(faults);
  }

  /** @param {Fault} fault */
  faultItem({ line, place, message }) {
    const button = element("button", { type: "button" });
    button.append(element("b", {}, place), " ", message);
    button.addEventListener("click", () => this.yaml.jump(line));
    const item = element("li");
    item.append(button);
    return item;
  }
}
