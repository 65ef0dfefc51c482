// Form fields for amis made of the browser's own elements, so that keyboards, screen readers and phones know them.
"use strict";
(() => {
  const h = amisRequire("react").createElement;
  const {FormItem, Renderer} = amisRequire("amis");
  const choose = document.getElementById("screen").dataset.choose;
  const shared = ({name, value, required, disabled, onChange, maxLength}) => ({
    name, required, disabled, maxLength,
    className: "house-field",
    value: value === null || value === undefined ? "" : String(value),
    onChange: event => onChange(event.target.value),
  });

  FormItem({type: "house-input"})(props => h("input", {...shared(props), type: props.inputType || "text"}));

  FormItem({type: "house-text"})(props => h("textarea", {...shared(props), rows: props.maxLength <= 1000 ? 3 : 10}));

  FormItem({type: "house-select"})(props => {
    const none = props.always ? [] : [{value: "", label: props.none || choose}];
    const listed = [...none, ...props.options || []];
    return h("select", {...shared(props), onChange: event => props.onChange(listed[event.target.selectedIndex].value)},
      listed.map(({value, label}) => h("option", {key: String(value), value: String(value)}, label)));
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
