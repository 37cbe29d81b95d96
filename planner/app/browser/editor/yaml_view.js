// The text itself, in CodeMirror: YAML with folding, completion, search and marks at its faults.

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { completionSource } from "./completion.js";
import { changeBetween } from "./text_change.js";

/** @import { Extension } from "@codemirror/state" */
/** @import { EditorOptions, Fault } from "../types.js" */

/**
 * @typedef {object} Acts
 * @property {() => void} written - after the reader has changed the text
 * @property {() => void} left - after focus went elsewhere
 * @property {(step: number) => void} send - at once, perhaps with a step through the history
 */

/** Marks a change that the app has made. */
const fromApp = Annotation.define();

export class YamlView {
  /**
   * @param {HTMLElement} parent
   * @param {ShadowRoot} root
   * @param {Acts} acts
   */
  constructor(parent, root, acts) {
    this.options = new Compartment();
    this.validity = new Compartment();
    this.view = new EditorView({
      parent,
      root,
      state: EditorState.create({
        extensions: [
          ownKeys(acts),
          usual(),
          this.options.of([]),
          this.validity.of([]),
          EditorView.updateListener.of((update) => {
            const byApp = update.transactions.some((one) => one.annotation(fromApp));
            if (update.docChanged && !byApp) acts.written();
          }),
          EditorView.domEventHandlers({ blur: () => acts.left() }),
        ],
      }),
    });
  }

  /** @param {EditorOptions} options */
  configure({ phrases, schema, names, named }) {
    const source = completionSource({ schema, names, named });
    const extensions = [
      EditorState.phrases.of(phrases),
      autocompletion({ override: [source], icons: false }),
    ];
    this.view.dispatch({ effects: this.options.reconfigure(extensions) });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  /**
   * Show another text; caret, folds and scroll stay where it is the same.
   * @param {string} text
   */
  show(text) {
    const changes = changeBetween(this.text, text);
    if (changes) this.view.dispatch({ changes, annotations: fromApp.of(true) });
  }

  /**
   * Mark the lines of faults; the marks move with their lines until the app has read again.
   * @param {Fault[]} faults
   */
  mark(faults) {
    const { state } = this.view;
    const diagnostics = faults.map(({ line, message }) => {
      const { from, to } = this.lineAt(line);
      return { from, to, message, severity: /** @type {const} */ ("error") };
    });
    this.view.dispatch(setDiagnostics(state, diagnostics), {
      effects: this.validity.reconfigure(
        EditorView.contentAttributes.of({ "aria-invalid": String(faults.length > 0) }),
      ),
    });
  }

  /**
   * Go to a line and pick it.
   * @param {number} line
   */
  jump(line) {
    const { from, to } = this.lineAt(line);
    this.view.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    this.view.focus();
  }

  /** @param {number} line - from 1; a fault of the whole file has 0 */
  lineAt(line) {
    const { doc } = this.view.state;
    return doc.line(Math.min(Math.max(line, 1), doc.lines));
  }

  remove() {
    this.view.destroy();
  }
}

/**
 * The history of the text is the app's: it has the map's and the form's changes too.
 * @param {Acts} acts
 * @returns {Extension}
 */
function ownKeys({ send }) {
  /** @param {number} step */
  const run = (step) => () => {
    send(step);
    return true;
  };
  return Prec.highest(
    keymap.of([
      { key: "Mod-z", run: run(-1), preventDefault: true },
      { key: "Mod-y", run: run(1), preventDefault: true },
      { key: "Mod-Shift-z", run: run(1), preventDefault: true },
      { key: "Mod-Enter", run: run(0) },
    ]),
  );
}

/** @returns {Extension} */
function usual() {
  return [
    lineNumbers(),
    lintGutter(),
    foldGutter(),
    yaml(),
    syntaxHighlighting(classHighlighter),
    bracketMatching(),
    indentOnInput(),
    search({ top: true }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      "aria-labelledby": "label",
      tabindex: "0",
      "aria-describedby": "keys status",
    }),
    keymap.of([
      ...completionKeymap,
      ...searchKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ];
}
