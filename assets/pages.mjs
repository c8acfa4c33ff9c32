// What makes the pages better where scripts run; every page works without.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";

document.documentElement.classList.add("has-script");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
const english = document.documentElement.lang === "en";
const words = english ? {} : {
  i18n: {
    charactersUnderLimit: { one: "还可以写 %{count} 个字", other: "还可以写 %{count} 个字" },
    charactersAtLimit: "字数已满",
    charactersOverLimit: { one: "多了 %{count} 个字", other: "多了 %{count} 个字" },
  },
};
const start = (Component, name, root, config) => {
  for (const element of root.querySelectorAll(`[data-module="${name}"]`)) {
    if (!element.hasAttribute(`data-${name}-init`)) new Component(element, config);
  }
};
const startAll = (root) => {
  start(Button, "govuk-button", root, { preventDoubleClick: true });
  start(CharacterCount, "govuk-character-count", root, words);
  start(ErrorSummary, "govuk-error-summary", root);
};
startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.target));
// Filters send themselves once something was chosen, where a form says so.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-send-on-change]");
  if (form && event.target.matches("select, [type=radio], [type=checkbox], [type=date]")) form.requestSubmit();
});
// A secret that is shown once can be taken along by one press.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
  button.textContent = button.dataset.done;
});
