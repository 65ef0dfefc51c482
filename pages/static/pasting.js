// What is pasted, from Word and others: what people wrote stays, with headings, lists and tables; all else goes.
// The same short list as in models/rich_text.py, which has the last word.
"use strict";

window.pasting = (() => {
  const BLOCKS = ["p", "h3", "h4", "ul", "ol", "blockquote", "table"];
  const ALLOWED = [...BLOCKS, "li", "br", "strong", "em", "u", "a", "thead", "tbody", "tr", "th", "td"];
  const RENAMED = { B: "strong", I: "em", H1: "h3", H2: "h3", H5: "h4", H6: "h4", DIV: "p" };
  const BULLET = /^(?:\d+|[a-zæøå]|[ivx]+)[.)]/i;

  // Styles are only read here, and neither they nor handlers are applied: the page's policy would complain of each.
  const parsed = (html) => {
    const bare = html.replace(/<!--[^]*?-->/g, "").replace(/<(style|script|title|xml)\b[^]*?<\/\1\s*>/gi, "")
      .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
    return new DOMParser().parseFromString(bare, "text/html").body;
  };
  const styled = (element) => element.dataset.style ?? "";

  // Word draws its lists as paragraphs that begin with a bullet in a span of its own.
  const level = (paragraph) => {
    const told = /mso-list:[^;]*level(\d+)/i.exec(styled(paragraph));
    return told ? Number(told[1]) : /MsoListParagraph/.test(paragraph.className) && bullet(paragraph) ? 1 : 0;
  };
  const bullet = (paragraph) => [...paragraph.querySelectorAll("[data-style]")].find((span) => /mso-list:\s*ignore/i.test(styled(span)));
  const listed = (body) => {
    let open = [], last = null, one = "";
    for (const paragraph of [...body.querySelectorAll("p, li")]) {
      const depth = paragraph.localName === "p" ? level(paragraph) : 0;
      if (!depth) continue;
      const list = /mso-list:\s*(l\d+)/i.exec(styled(paragraph))?.[1] ?? one;
      if (paragraph.previousElementSibling !== last || list !== one) open = [];
      one = list;
      const sign = bullet(paragraph), kind = BULLET.test(sign?.textContent.trim() ?? "") ? "ol" : "ul";
      sign?.remove();
      open = open.slice(0, depth);
      while (open.length < depth) {
        const made = document.createElement(open.length + 1 < depth ? "ul" : kind), above = open.at(-1);
        if (!above) paragraph.before(made);
        else (above.lastElementChild ?? above.appendChild(document.createElement("li"))).append(made);
        open.push(made);
      }
      const item = document.createElement("li");
      item.append(...paragraph.childNodes);
      open.at(-1).append(item);
      paragraph.remove();
      last = open[0];
    }
  };

  const rename = (element, name) => {
    const renamed = document.createElement(name);
    renamed.append(...element.childNodes);
    element.replaceWith(renamed);
  };
  const wrap = (element, name) => {
    const inside = document.createElement(name);
    inside.append(...element.childNodes);
    element.append(inside);
  };
  const plainer = (body) => {
    for (const one of [...body.querySelectorAll("span, b, i, h1, h2, h5, h6, div")]) {
      const style = styled(one), name = one.localName;
      if (name === "span") {
        if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrap(one, "strong");
        if (/font-style:\s*italic/i.test(style)) wrap(one, "em");
        one.replaceWith(...one.childNodes);
      } else if (/^docs-internal/.test(one.id) || /font-weight:\s*(normal|400)/i.test(style)) {
        one.replaceWith(...one.childNodes);
      } else if (name !== "div" || !one.querySelector("p, h3, h4, ul, ol, blockquote, table, div")) {
        rename(one, RENAMED[one.nodeName]);
      }
    }
  };

  // A cell or a list's line is one line: what were paragraphs in it are parted by a line break.
  const joined = (body) => {
    for (const inner of [...body.querySelectorAll(":is(li, td, th) > :is(p, h3, h4)")]) {
      if (inner.nextSibling && inner.nextElementSibling && !/^(UL|OL|TABLE)$/.test(inner.nextElementSibling.nodeName)) inner.append(document.createElement("br"));
      inner.replaceWith(...inner.childNodes);
    }
  };

  // A list that lies between the lines of another belongs to the line before it.
  const nested = (body) => {
    for (const list of [...body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")]) list.previousElementSibling?.append(list);
  };

  const clean = (html) => {
    const body = parsed(html);
    nested(body);
    listed(body);
    plainer(body);
    joined(body);
    const fragment = DOMPurify.sanitize(body.innerHTML, {
      ALLOWED_TAGS: ALLOWED, ALLOWED_ATTR: ["href", "colspan", "rowspan", "scope"], ADD_URI_SAFE_ATTR: ["colspan", "rowspan", "scope"], ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false,
      ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:)/i, RETURN_DOM_FRAGMENT: true,
    });
    fragment.querySelectorAll("p, h3, h4").forEach((one) => { if (!one.textContent.trim() && !one.querySelector("table")) one.remove(); });
    return fragment;
  };

  // A text as it is kept: HTML begins and ends with one of our blocks, and all else is plain.
  const isRich = (text) => new RegExp(`^\\s*<(${BLOCKS.join("|")})[\\s>]`, "i").test(text) && new RegExp(`</(${BLOCKS.join("|")})>\\s*$`, "i").test(text);
  const asHtml = (text) => {
    if (isRich(text)) return text;
    const holder = document.createElement("div");
    for (const part of text.replaceAll("\r", "").split(/\n\s*\n/)) {
      const paragraph = holder.appendChild(document.createElement("p"));
      part.split("\n").forEach((line, at) => paragraph.append(...(at ? [document.createElement("br")] : []), line));
    }
    return holder.innerHTML;
  };
  const lines = (block) => [...block.childNodes].map((node) => node.nodeName === "BR" ? "\n" : node.data).join("").trim();
  const asKept = (root) => {
    const blocks = [...root.children].filter((block) => block.textContent.trim());
    if (!blocks.length) return "";
    const isPlain = blocks.every((block) => block.localName === "p" && !block.querySelector(":not(br)"));
    const kept = isPlain ? blocks.map(lines).join("\n\n") : blocks.map((block) => block.outerHTML).join("");
    return kept.replaceAll("\u200b", "");
  };

  return { clean, asHtml, asKept };
})();
