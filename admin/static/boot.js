// Starts the generated screen, and gives it what amis lacks: real status codes, names, roles, focus.
"use strict";
(() => {
  const screen = document.getElementById("screen");
  const text = screen.dataset;
  const file = document.getElementById("file");

  const said = document.createElement("div");
  said.className = "house-said";
  said.setAttribute("role", "status");
  document.body.append(said);
  const say = (kind, sentence) => {
    said.dataset.kind = kind;
    said.textContent = sentence;
  };
  // It stays until it has been read: nobody is hurried.
  ["pointerdown", "keydown"].forEach(sign => document.addEventListener(sign, () => say("", ""), {capture: true}));

  const fetcher = async ({url, method = "get", data}) => {
    const options = {method: method.toUpperCase(), headers: {Accept: "application/json"}, credentials: "same-origin"};
    if (data && options.method !== "GET") {
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(data);
    }
    if (url.startsWith(file.dataset.list)) file.href = `${file.dataset.list}.csv${new URL(url, location).search}`;
    try {
      const response = await fetch(url, options);
      if (response.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
      return {status: 200, data: await response.json()};
    } catch {
      return {status: 200, data: {status: 503, msg: text.offline}};
    }
  };

  let count = 0;
  const own = (element, prefix) => element.id || (element.id = `${prefix}-${++count}`);
  const set = (element, name, value) => { if (element.getAttribute(name) !== value) element.setAttribute(name, value); };

  const asButton = (element, name) => {
    set(element, "role", "button");
    set(element, "tabindex", "0");
    set(element, "aria-label", name);
  };

  const describe = item => {
    const group = item.querySelector("[role=group]");
    const field = group || item.querySelector("[name]");
    const label = item.querySelector("label");
    if (!field || !label) return;
    if (group) set(group, "aria-labelledby", own(label, "label"));
    else label.htmlFor = own(field, "field");
    const notes = item.querySelectorAll(".cxd-Form-feedback, .cxd-Form-description");
    if (notes.length) set(field, "aria-describedby", [...notes].map(note => own(note, "note")).join(" "));
    set(field, "aria-invalid", String(item.classList.contains("is-error")));
  };

  const opened = new WeakSet();
  let opener;
  const dialog = box => {
    const title = box.querySelector(".cxd-Modal-title");
    set(box, "role", "dialog");
    set(box, "aria-modal", "true");
    if (title) set(box, "aria-labelledby", own(title, "title"));
    const first = box.querySelector(".is-error .house-field:enabled") || box.querySelector(".house-field:enabled");
    const fetching = box.querySelector(first ? "none" : ".house-field, .cxd-Spinner");
    // A form that is filled in by the server is shut meanwhile, and loses the focus: it gets it back.
    if (fetching || (opened.has(box) && document.activeElement !== document.body)) return;
    opened.add(box);
    opener ??= document.activeElement;
    (first || box.querySelector("button") || box).focus();
  };

  const table = drawn => {
    const heads = [...drawn.querySelectorAll("thead th")];
    const names = heads.map(head => head.textContent.trim());
    heads.forEach((head, at) => {
      const sort = head.querySelector(".cxd-TableCell-sortBtn");
      if (!sort) return;
      asButton(sort, `${text.sort}: ${names[at]}`);
      const order = [["up", "ascending"], ["down", "descending"]].find(([way]) => sort.querySelector(`.cxd-TableCell-sortBtn--${way}.is-active`));
      set(head, "aria-sort", order ? order[1] : "none");
    });
    drawn.querySelectorAll("tbody tr").forEach(row => [...row.cells].forEach((cell, at) => {
      if (names[at] && cell.colSpan === 1) set(cell, "data-label", names[at]);
      cell.querySelectorAll("button, summary").forEach(button =>
        set(button, "aria-label", `${button.textContent.trim()}: ${row.cells[0].textContent.trim()}`));
    }));
  };

  const pager = list => {
    list.querySelectorAll(".cxd-Pagination-pager-item").forEach(page => {
      const link = page.querySelector("a");
      asButton(link, `${text.page} ${link.textContent.trim()}`);
      set(link, "aria-current", page.classList.contains("is-active") ? "page" : "false");
    });
    [["prev", text.previous], ["next", text.next]].forEach(([way, name]) => list.querySelectorAll(`.cxd-Pagination-${way}`).forEach(page => {
      const arrow = page.querySelector("span");
      asButton(arrow, name);
      set(arrow, "aria-disabled", String(page.classList.contains("is-disabled")));
    }));
  };

  const mend = () => {
    document.querySelectorAll(".cxd-Form-item").forEach(describe);
    document.querySelectorAll(".cxd-Modal").forEach(dialog);
    document.querySelectorAll("[role=page-body], [role=dialog-body]").forEach(body => body.removeAttribute("role"));
    document.querySelectorAll(".cxd-Select[role=combobox]").forEach(select => set(select, "aria-label", text.size));
    document.querySelectorAll(".cxd-Modal-close").forEach(close => asButton(close, text.close));
    document.querySelectorAll(".cxd-Table-table").forEach(table);
    document.querySelectorAll(".cxd-Pagination").forEach(pager);
    if (opener && !document.querySelector(".cxd-Modal")) { opener.focus(); opener = null; }
  };

  document.addEventListener("keydown", event => {
    const pressed = event.target;
    if ((event.key !== "Enter" && event.key !== " ") || pressed.tagName === "BUTTON" || pressed.getAttribute("role") !== "button") return;
    event.preventDefault();
    pressed.click();
  });
  new MutationObserver(mend).observe(document.body, {childList: true, subtree: true, attributes: true, attributeFilter: ["class"]});

  const schema = JSON.parse(document.getElementById("schema").textContent);
  screen.replaceChildren();
  screen.removeAttribute("aria-busy");
  amisRequire("amis/embed").embed("#screen", schema, {locale: text.locale}, {
    fetcher, theme: "cxd", locale: text.locale, notify: say, enableAMISDebug: false, useMobileUI: false,
    jumpTo: to => location.assign(to), updateLocation: () => {},
  });
})();
