// Makes an editor of each textarea marked data-editor; what is written stays in the textarea, which is what is sent.
"use strict";

(() => {
  const { clean, asHtml, asKept } = window.pasting;
  const make = (name, ...inside) => { const made = document.createElement(name); made.append(...inside); return made; };

  // Where the cursor stands: the nearest such element, within the text.
  const around = (squire, selector) => {
    const at = squire.getSelection().startContainer, element = at.nodeType === 1 ? at : at.parentElement;
    const found = element.closest(selector);
    return found && squire.getRoot() !== found && squire.getRoot().contains(found) ? found : null;
  };
  const cells = (row) => [...row.children];
  const into = (squire, place, atStart = true) => {
    const range = document.createRange();
    range.selectNodeContents(place);
    range.collapse(atStart);
    squire.setSelection(range).focus();
  };
  const empty = (name) => make(name, make("br"));

  // Changes of a table, in one step of «Angre».
  const tables = {
    "add-row": (cell, row) => {
      const added = make("tr", ...cells(row).map(() => empty("td")));
      if (row.parentElement.localName === "thead") (row.closest("table").tBodies[0] ?? row.closest("table").appendChild(make("tbody"))).prepend(added);
      else row.after(added);
      return added.cells[0];
    },
    "add-column": (cell, row) => {
      const at = cell.cellIndex;
      for (const each of row.closest("table").rows) (each.cells[at] ?? each.lastElementChild).after(empty(each.cells[0].localName));
      return row.cells[at + 1];
    },
    "remove-row": (cell, row) => {
      const table = row.closest("table"), next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      return next?.cells[0] ?? table.rows[0]?.cells[0] ?? gone(table);
    },
    "remove-column": (cell, row) => {
      const table = row.closest("table"), at = cell.cellIndex;
      if (row.cells.length === 1) return gone(table);
      for (const each of [...table.rows]) each.cells[at]?.remove();
      return row.cells[Math.max(0, at - 1)];
    },
  };
  const gone = (table) => {
    const after = empty("p");
    table.replaceWith(after);
    return after;
  };

  const editing = (holder) => {
    const area = holder.querySelector("textarea"), label = document.querySelector(`label[for="${area.id}"]`);
    const parts = holder.querySelector("template").content.cloneNode(true);
    const bars = [...parts.querySelectorAll("[role=toolbar]")], root = parts.querySelector(".editor__text");
    const inTable = bars.find((bar) => "inTable" in bar.dataset);
    root.id = area.id;
    area.removeAttribute("id");
    label.id ||= `${root.id}-label`;
    label.removeAttribute("for");
    label.addEventListener("click", () => root.focus());
    const said = { role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id, lang: document.documentElement.lang };
    for (const name of ["aria-describedby", "aria-invalid"]) if (area.hasAttribute(name)) said[name] = area.getAttribute(name);
    Object.entries(said).forEach(([name, value]) => root.setAttribute(name, value));
    bars.forEach((bar) => bar.setAttribute("aria-controls", root.id));
    const wasThere = document.activeElement === area;
    area.hidden = true;
    holder.prepend(parts);

    const squire = new Squire(root, { blockTag: "P", addLinks: false, sanitizeToDOMFragment: (html) => document.importNode(clean(html), true) });
    squire.setHTML(asHtml(area.value));
    squire.moveCursorToEnd();
    if (wasThere) squire.focus();
    for (const key of ["Tab", "Shift-Tab"]) squire.setKeyHandler(key, null);
    let kept = asKept(root);
    const write = () => {
      const now = asKept(root);
      if (now === kept) return;
      area.value = kept = now;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const change = (work) => { squire.saveUndoState(squire.getSelection()); squire.modifyDocument(work); write(); show(); };

    const heading = () => {
      const block = around(squire, "h3");
      squire.modifyBlocks((fragment) => {
        for (const one of [...fragment.children]) {
          if (block ? one.localName === "h3" : one.localName === "p") one.replaceWith(make(block ? "p" : "h3", ...one.childNodes));
        }
        return fragment;
      });
    };
    // As paragraphs of their own after the one where the cursor is, so that nothing is written over.
    const insertBlocks = (...blocks) => change(() => {
      const here = [...root.children].find((one) => one.contains(squire.getSelection().endContainer)) ?? root.lastElementChild;
      here.after(...blocks);
      if (!blocks.at(-1).nextElementSibling && blocks.at(-1).localName === "table") blocks.at(-1).after(empty("p"));
      if (!here.textContent.trim() && here.localName === "p") here.remove();
    });
    const insertTable = () => {
      const rows = [0, 1, 2].map((at) => make("tr", ...[0, 1].map(() => empty(at ? "td" : "th"))));
      insertBlocks(make("table", make("thead", rows[0]), make("tbody", rows[1], rows[2])));
      into(squire, rows[0].cells[0]);
    };
    const does = {
      bold: () => squire.hasFormat("B") ? squire.removeBold() : squire.bold(),
      italic: () => squire.hasFormat("I") ? squire.removeItalic() : squire.italic(),
      heading,
      bullets: () => around(squire, "ul") ? squire.removeList() : squire.makeUnorderedList(),
      numbers: () => around(squire, "ol") ? squire.removeList() : squire.makeOrderedList(),
      table: insertTable,
      undo: () => squire.undo(),
      redo: () => squire.redo(),
    };
    const within = { bold: "b", italic: "i", heading: "h3", bullets: "ul", numbers: "ol" };
    const press = (name) => {
      if (name in tables) {
        const cell = around(squire, "td, th");
        if (!cell) return;
        let next;
        change(() => { next = tables[name](cell, cell.parentElement); });
        into(squire, next);
      } else {
        does[name]();
        squire.focus();
      }
      show();
    };
    const show = () => {
      inTable.hidden = !around(squire, "td, th");
      for (const [name, selector] of Object.entries(within)) {
        bars[0].querySelector(`[data-does=${name}]`).setAttribute("aria-pressed", String(Boolean(around(squire, selector))));
      }
    };

    for (const bar of bars) {
      const buttons = [...bar.querySelectorAll("button")];
      buttons.forEach((button, at) => { button.tabIndex = at ? -1 : 0; });
      bar.addEventListener("mousedown", (event) => event.preventDefault());
      bar.addEventListener("click", (event) => { const button = event.target.closest("button"); if (button) press(button.dataset.does); });
      bar.addEventListener("keydown", (event) => {
        const at = buttons.indexOf(document.activeElement), last = buttons.length - 1;
        const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        buttons.forEach((button, place) => { button.tabIndex = place === to ? 0 : -1; });
        buttons[to].focus();
      });
    }
    // In a table, Tab goes from cell to cell, and out of the text from the last one.
    root.addEventListener("keydown", (event) => {
      const cell = event.key === "Tab" && around(squire, "td, th"), all = cell ? [...cell.closest("table").querySelectorAll("td, th")] : [];
      const next = all[all.indexOf(cell) + (event.shiftKey ? -1 : 1)];
      if (!next) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      into(squire, next);
    }, { capture: true });
    squire.addEventListener("input", write);
    squire.addEventListener("pathChange", show);
    squire.addEventListener("select", show);
    show();
    return {
      insert: (text) => {
        const blocks = [...clean(asHtml(text)).children];
        if (!blocks.length) return;
        insertBlocks(...blocks);
        into(squire, blocks.at(-1), false);
        show();
      },
    };
  };

  const editors = new Map();
  for (const holder of document.querySelectorAll("[data-editor]")) editors.set(holder.dataset.editor, editing(holder));

  // The municipality's prepared texts are fetched when somebody asks for them.
  for (const { dataset: told, children: [menu, status] } of document.querySelectorAll("[data-prepared]")) {
    menu.querySelector("p").remove();
    menu.addEventListener("toggle", async () => {
      if (!menu.open || menu.querySelector("ul")) return;
      const answer = await fetch(told.prepared, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer?.ok) { status.textContent = told.failed; return; }
      const texts = await answer.json();
      status.textContent = texts.length ? "" : told.empty;
      if (!texts.length || menu.querySelector("ul")) return;
      const list = make("ul", ...texts.map(({ name, body }) => {
        const button = make("button", name);
        Object.assign(button, { type: "button", className: "ds-button" }).dataset.variant = "tertiary";
        button.addEventListener("click", () => {
          editors.get(told.for).insert(body);
          status.textContent = told.done;
          menu.open = false;
        });
        return make("li", button);
      }));
      menu.append(list);
    });
  }
})();
