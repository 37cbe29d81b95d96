// A text with line numbers and, at their lines, its faults. What the reader writes goes to the
// app after a short rest, and into the tab's own storage at once, so that a reload loses nothing.

const REST_MS = 400;
const STORED = "kontorplan:";
const mounted = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const editor = mounted.get(parentElement) ?? new Editor(parentElement);
  mounted.set(parentElement, editor);
  editor.report = (edit) => setStateValue("edit", edit);
  editor.update(data);
  return () => {
    mounted.delete(parentElement);
    editor.remove();
  };
}

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

class Editor {
  constructor(parent) {
    this.root = element("div", { class: "editor" });
    this.label = element("label", { class: "label", for: "text" });
    this.gutter = element("div", { class: "gutter", "aria-hidden": "true" });
    this.shown = element("pre", { class: "shown", "aria-hidden": "true" });
    this.area = element("textarea", {
      id: "text", spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off", "aria-describedby": "keys status",
    });
    this.status = element("p", { class: "status", id: "status", role: "status" });
    this.list = element("ol");
    this.keys = element("p", { class: "keys", id: "keys" });
    this.frame = element("div", { class: "frame" });
    const page = element("div", { class: "page" });
    page.append(this.shown, this.area);
    this.frame.append(this.gutter, page);
    this.root.append(this.label, this.frame, this.status, this.list, this.keys);
    parent.append(this.root);
    this.area.addEventListener("input", () => this.written());
    this.area.addEventListener("scroll", () => this.scrolled());
    this.area.addEventListener("blur", () => this.send());
    this.area.addEventListener("keydown", (event) => this.press(event));
    this.leaving = (event) => this.unsaved && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
    this.newest = 0;
    this.typed = 0;
  }

  remove() {
    this.send();
    window.removeEventListener("beforeunload", this.leaving);
    this.root.remove();
  }

  // --- from the app -----------------------------------------------------------------------

  update(data) {
    const first = data.file !== this.data?.file || data.born !== this.data?.born;
    const changed = first || data.revision !== this.revision;
    if (changed && !first) this.send(); // what was just written is kept one step back
    this.data = data;
    this.label.textContent = data.texts.label;
    this.keys.textContent = data.texts.keys;
    this.frame.style.height ||= `${data.height_px}px`;
    if (changed) {
      this.revision = data.revision;
      this.replace(data.text);
    }
    if (first) this.bringBack();
    this.remember();
    this.paint();
    this.explain();
  }

  replace(text) {
    clearTimeout(this.rest);
    this.sent = undefined;
    this.typed = 0;
    if (this.area.value === text) return;
    const { selectionStart, scrollTop, scrollLeft } = this.area;
    this.area.value = text;
    this.area.setSelectionRange(selectionStart, selectionStart);
    this.area.scrollTo(scrollLeft, scrollTop);
  }

  // --- to the app -------------------------------------------------------------------------

  written() {
    this.remember();
    this.paint();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.send(), REST_MS);
  }

  // What was sent already is not sent again, until the app has taken it; a step through the
  // history goes alone where nothing was written.
  send({ step = 0, base = null } = {}) {
    clearTimeout(this.rest);
    if (!this.data) return;
    const text = this.area.value;
    const written = text !== (this.sent ?? this.data.text);
    if (!written && !step) return;
    this.newest = Math.max(Date.now(), this.newest + 1);
    if (written) this.typed = this.newest;
    this.sent = text;
    this.remember();
    const pending = this.typed > this.data.taken;
    this.report({ text: pending ? text : null, step, base, revision: this.revision, number: this.newest });
  }

  press(event) {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    if (command && (key === "z" || key === "y")) {
      event.preventDefault();
      this.send({ step: key === "y" || event.shiftKey ? 1 : -1 });
    } else if (command && key === "enter") this.send();
    else if (event.key === "Enter" && !command && !event.shiftKey) this.indent(event);
  }

  // A new line starts below the one before it.
  indent(event) {
    const { value, selectionStart } = this.area;
    const line = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
    const space = /^ */.exec(line)[0];
    if (!space) return;
    event.preventDefault();
    document.execCommand("insertText", false, `\n${space}`); // keeps the scroll and the caret
  }

  // --- what a reload would lose -----------------------------------------------------------

  get unsaved() {
    return this.area.value !== this.data.saved;
  }

  remember() {
    const key = STORED + this.data.file;
    try {
      if (!this.unsaved) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify({ text: this.area.value, base: this.data.base, number: Math.max(this.newest, this.data.taken) }));
    } catch {
      // A full or forbidden storage keeps nothing; the browser still asks before it leaves.
    }
  }

  bringBack() {
    this.sent = undefined;
    this.newest = this.data.taken;
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(STORED + this.data.file));
    } catch {
      return;
    }
    if (typeof kept?.text !== "string" || kept.text === this.data.text || kept.number < this.data.taken) return;
    this.area.value = kept.text;
    this.send({ base: kept.base });
  }

  // --- what is seen -----------------------------------------------------------------------

  paint() {
    const faulty = new Set(this.current() ? this.data.faults.map((fault) => fault.line) : []);
    const lines = this.area.value.split("\n");
    const blocks = inBlocks(lines);
    this.shown.replaceChildren(
      ...lines.map((line, place) => painted(line, faulty.has(place + 1), blocks[place])),
    );
    this.gutter.replaceChildren(
      ...lines.map((_, place) => element("div", faulty.has(place + 1) ? { class: "faulty" } : {}, String(place + 1))),
    );
    this.gutter.append(element("div")); // as high as the scrollbar below the text
    this.scrolled();
  }

  // Faults stay at their lines only while the lines are those that the app has read.
  current() {
    return this.area.value.split("\n").length === this.data.text.split("\n").length;
  }

  scrolled() {
    const { scrollTop, scrollLeft } = this.area;
    this.shown.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
    this.gutter.scrollTop = scrollTop;
  }

  explain() {
    const { faults, texts } = this.data;
    this.status.textContent = texts.status;
    this.status.classList.toggle("faulty", faults.length > 0);
    this.list.replaceChildren(
      ...faults.map(({ line, place, message }) => {
        const button = element("button", { type: "button" });
        button.append(element("b", {}, place), " ", message);
        button.addEventListener("click", () => this.jump(line));
        const item = element("li");
        item.append(button);
        return item;
      }),
    );
    this.area.setAttribute("aria-invalid", faults.length > 0);
  }

  jump(line) {
    const lines = this.area.value.split("\n");
    const place = Math.min(Math.max(line, 1), lines.length) - 1;
    const start = lines.slice(0, place).reduce((sum, one) => sum + one.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + lines[place].length);
    const height = Number.parseFloat(getComputedStyle(this.area).lineHeight);
    this.area.scrollTo(0, Math.max(0, place * height - this.area.clientHeight / 3));
  }
}

// Which lines are text below a key that ends in > or |, where nothing is a key or a comment.
function inBlocks(lines) {
  let above = -1;
  return lines.map((line) => {
    const depth = line.search(/\S/);
    if (above >= 0 && (depth < 0 || depth > above)) return true;
    above = /:\s+[|>][-+0-9]*\s*(#.*)?$/.test(line) ? depth : -1;
    return false;
  });
}

// A line with its key and its comment told from the rest; only for the eye.
function painted(line, faulty, inBlock) {
  const shown = element("span", faulty ? { class: "faulty" } : {});
  if (inBlock) {
    shown.append(line, "\n");
    return shown;
  }
  const comment = /(^|\s)#.*$/.exec(line.replace(/"[^"]*"|'[^']*'/g, (quoted) => "_".repeat(quoted.length)));
  const end = comment ? comment.index : line.length;
  const key = /^(\s*(?:- )*)([^\s#"'[\]{},&*!|>-][^:#"'[\]{},]*)(?=:(\s|$))/.exec(line.slice(0, end));
  let rest = 0;
  if (key) {
    rest = key[0].length;
    shown.append(key[1], element("span", { class: "key" }, key[2]));
  }
  shown.append(line.slice(rest, end), element("span", { class: "comment" }, line.slice(end)), "\n");
  return shown;
}
