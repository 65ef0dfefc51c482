// Form fields for amis made of the browser's own elements, so that keyboards, screen readers and phones know them.
"use strict";
(() => {
  const {createElement: h, useState} = amisRequire("react");
  const {FormItem, Renderer} = amisRequire("amis");
  const {choose, seek, hits, hit, nothing} = document.getElementById("screen").dataset;
  const shared = ({name, value, required, disabled, onChange, maxLength}) => ({
    name, required, disabled, maxLength,
    className: "house-field",
    value: value === null || value === undefined ? "" : String(value),
    onChange: event => onChange(event.target.value),
  });

  FormItem({type: "house-input"})(props => h("input", {...shared(props), type: props.inputType || "text"}));

  FormItem({type: "house-text"})(props => h("textarea", {...shared(props), rows: props.maxLength <= 1000 ? 3 : 10}));

  const select = (props, listed, more) =>
    h("select", {...shared(props), ...more, onChange: event => props.onChange(listed[event.target.selectedIndex].value)},
      listed.map(({value, label}) => h("option", {key: String(value), value: String(value)}, label)));

  // While something is sought, the hits lie open under the field; what is chosen is always among them.
  const Sought = ({props, none}) => {
    const [text, setText] = useState("");
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({label}) => words.every(word => label.toLowerCase().includes(word));
    const found = props.options.filter(fits);
    const chosen = props.options.filter(one => one.value === props.value && !fits(one));
    const listed = words.length ? [...chosen.length || props.value ? [] : none, ...chosen, ...found] : [...none, ...props.options];
    const count = found.length === 0 ? nothing : found.length === 1 ? hit : `${found.length} ${hits}`;
    return h("div", {className: "house-seek"},
      h("input", {
        type: "search", className: "house-field", value: text, placeholder: seek, autoComplete: "off", disabled: props.disabled,
        "aria-label": `${seek}: ${props.label}`,
        onChange: event => setText(event.target.value),
        onKeyDown: event => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (words.length && found.length === 1) props.onChange(found[0].value);
        },
      }),
      h("span", {role: "status"}, words.length ? count : ""),
      select(props, listed, words.length ? {size: Math.min(Math.max(listed.length, 2), 6)} : {}));
  };

  FormItem({type: "house-select"})(props => {
    const none = props.always ? [] : [{value: "", label: props.none || choose}];
    return props.searchable ? h(Sought, {props, none}) : select(props, [...none, ...props.options || []], {});
  });

  FormItem({type: "house-checks"})(({name, value, disabled, options, onChange}) => {
    const chosen = Array.isArray(value) ? value : [];
    const toggle = (one, on) => onChange((options || []).map(each => each.value).filter(each => each === one ? on : chosen.includes(each)));
    return h("div", {className: "house-checks", role: "group"}, (options || []).map(one =>
      h("label", {key: one.value}, h("input", {type: "checkbox", name, disabled, checked: chosen.includes(one.value), onChange: event => toggle(one.value, event.target.checked)}), one.label)));
  });

  Renderer({type: "house-menu"})(({label, buttons, render}) => h("details", {className: "house-menu", name: "house-menu"},
    h("summary", null, label),
    buttons.map((button, at) => render(`button/${at}`, button, {key: at}))));

  Renderer({type: "house-once"})(({data, name}) => h("p", {className: "house-once"}, data[name]));
})();
