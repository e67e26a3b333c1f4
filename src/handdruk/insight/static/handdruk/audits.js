/* Audits by keyboard: y, n, u; and a search among the topics. Every page works without it. */
(() => {
  const form = document.querySelector("#audit");
  if (!form) return;
  const no = form.querySelector("#audit-no"), search = form.querySelector("#audit-search"), none = form.querySelector("#audit-none");

  search.hidden = false;
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLocaleLowerCase();
    let any = false;
    for (const group of form.querySelectorAll(".audit-group")) {
      let shown = false;
      for (const topic of group.querySelectorAll(".audit-topic")) {
        const fits = topic.textContent.toLocaleLowerCase().includes(wanted);
        topic.parentElement.hidden = !fits;
        shown ||= fits;
      }
      group.hidden = !shown;
      any ||= shown;
    }
    none.hidden = any;
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the form's first button would say that it was right
    const fitting = [...form.querySelectorAll("li:not([hidden]) > .audit-topic")];
    if (search.value.trim() && fitting.length === 1) fitting[0].click();
  });
  no.addEventListener("toggle", () => { if (no.open) search.focus(); });

  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault(); // pressed twice: the second would be about another one
    sent = true;
  });
  addEventListener("pageshow", () => { sent = false; });

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Escape" && no.open) { no.open = false; no.querySelector("summary").focus(); }
    if (target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (localStorage.getItem("handdruk-no-single-keys")) return;
    const pressed = form.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });
})();
