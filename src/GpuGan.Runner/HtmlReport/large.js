// What is pressed opens large, and closes by Escape, by its button, or by a press beside it.
const large = make("dialog", { id: "large" });
document.body.append(large);

function openLarge(opener) {
  const figure = opener.closest("figure"), caption = figure.querySelector("figcaption");
  const close = make("button", { class: "plain", type: "button" }, "Close");
  close.addEventListener("click", () => large.close());
  large.replaceChildren(...[...opener.children].map(child => child.cloneNode(true)), ...(caption ? [make("p", {}, ...caption.cloneNode(true).childNodes)] : []), close);
  large.setAttribute("aria-label", opener.getAttribute("aria-label").replace("Open large: ", ""));
  large.addEventListener("close", () => { large.replaceChildren(); opener.focus(); }, { once: true });
  large.showModal();
}

large.addEventListener("click", event => { if (event.target === large) large.close(); });
document.addEventListener("click", event => {
  const opener = event.target.closest?.("button.open");
  if (opener) openLarge(opener);
});
