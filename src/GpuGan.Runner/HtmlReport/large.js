// What is pressed opens large, and closes by Escape, by its button, or by a press beside it.
const large = make("dialog", { id: "large" });
document.body.append(large);
let opened = null;

function openLarge(opener) {
  const figure = opener.closest("figure"), caption = figure.querySelector("figcaption");
  const close = make("button", { class: "plain", type: "button" }, "Close");
  close.addEventListener("click", () => large.close());
  large.replaceChildren(...[...opener.children].map(child => child.cloneNode(true)), ...(caption ? [make("p", {}, ...caption.cloneNode(true).childNodes)] : []), close);
  large.setAttribute("aria-label", opener.getAttribute("aria-label").replace("Open large: ", ""));
  opened = opener;
  large.showModal();
}

// The event comes some time after the closing: by then another may be open.
large.addEventListener("close", () => {
  if (large.open) return;
  large.replaceChildren();
  opened.focus();
});
large.addEventListener("click", event => { if (event.target === large) large.close(); });
document.addEventListener("click", event => {
  const opener = event.target.closest?.("button.open");
  if (opener) openLarge(opener);
});
