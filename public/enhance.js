// Makes plain pages a little nicer. Everything works without it; see docs/ui.md for the attributes.
(() => {
  const doc = document;
  const on = (type, run, capture) => doc.addEventListener(type, run, capture);
  const all = (query) => [...doc.querySelectorAll(query)];
  const closest = (event, query) => event.target.closest?.(query);

  // A refused form is shown at its page's own address, not at the form's target.
  const { address, zone, offset } = doc.documentElement.dataset;
  if (address) history.replaceState(null, "", address);
  // The reader's zone is a guess until the browser tells it. Times that it would change are drawn again, once.
  if (zone === "guess") {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const told = doc.cookie.includes(`__Host-browser-zone=${own}`);
    if (own && !told) {
      doc.cookie = `__Host-browser-zone=${own}; path=/; max-age=31536000; secure; samesite=lax`;
      const kept = doc.cookie.includes(`__Host-browser-zone=${own}`);
      if (kept && -new Date().getTimezoneOffset() !== +offset && doc.querySelector("[data-zoned]")) location.reload();
    }
  }

  // Passkeys: what the browser's own dialog answers is sent with the form. The bytes travel as base64url.
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const answer = (value) =>
    value instanceof ArrayBuffer ? text(value)
      : Array.isArray(value) || Object(value) !== value ? value
        : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, answer(inner)]));
  const ask = async (form) => {
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const known of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) known.id = bytes(known.id);
    const { id, rawId, type, response, ...rest } = await navigator.credentials[form.dataset.passkey]({ publicKey: options }).then((made) => ({
      id: made.id, rawId: made.rawId, type: made.type, response: made.response, extensions: made.getClientExtensionResults(),
    }));
    const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const said = Object.fromEntries(fields.filter((field) => response[field]).map((field) => [field, response[field]]));
    return JSON.stringify(answer({ id, rawId, type, response: { ...said, transports: response.getTransports?.() }, ...rest }));
  };
  if (window.PublicKeyCredential) for (const form of all("[data-needs=passkey]")) form.hidden = false;
  on("submit", (event) => {
    const form = event.target;
    const field = form.elements.credential;
    if (!form.dataset.passkey || field.value) return;
    event.preventDefault();
    if (form.dataset.asking) return;
    form.dataset.asking = "1";
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    ask(form).then((said) => {
      field.value = said;
      form.requestSubmit();
    }, () => { failed.hidden = false; }).finally(() => delete form.dataset.asking);
  }, true);
  // An answer is good once: a page that comes back asks again.
  addEventListener("pageshow", () => { for (const form of all("form[data-passkey]")) form.elements.credential.value = ""; });

  // A form is sent once: its button shows that it works until the page changes or comes back.
  on("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    const button = event.submitter;
    // After this turn, or the button's own name and value would not be sent.
    setTimeout(() => {
      if (!button) return;
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
      const text = button.dataset.busy && [...button.childNodes].findLast((node) => node.nodeType === 3);
      if (text) [button.was, text.data] = [text.data, button.dataset.busy];
    });
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of all("form[data-sent]")) delete form.dataset.sent;
    for (const button of all("button[aria-busy]")) {
      button.disabled = false;
      button.removeAttribute("aria-busy");
      const text = button.was && [...button.childNodes].findLast((node) => node.nodeType === 3);
      if (text) text.data = button.was;
    }
  });

  // Dialogs: a link to one opens it as a modal.
  const open = (id) => {
    const dialog = id && doc.getElementById(id);
    if (dialog?.tagName !== "DIALOG" || dialog.matches(":modal")) return false;
    dialog.close();
    dialog.showModal();
    return true;
  };
  on("click", (event) => {
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.button);
    const opener = plain && closest(event, "[data-dialog]");
    if (opener && open(opener.dataset.dialog)) event.preventDefault();
    const closer = closest(event, "[data-close]");
    const dialog = closer ? closer.closest("dialog") : event.target.matches?.("dialog:modal") && event.target;
    if (dialog?.open) {
      const box = dialog.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      if (closer || x < box.left || x > box.right || y < box.top || y > box.bottom) {
        dialog.close();
        event.preventDefault();
      }
    }
    closest(event, "[data-dismiss]")?.closest(".toast")?.remove();
    const eye = closest(event, "[data-reveal]");
    if (eye) {
      const input = doc.getElementById(eye.dataset.reveal);
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      eye.setAttribute("aria-pressed", shown);
    }
    for (const menu of all("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  for (const eye of all("[data-reveal]")) eye.hidden = false;
  const target = (id) => {
    if (open(id) && location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  };
  target(doc.querySelector("dialog[open]:not(.is-static)")?.id || location.hash.slice(1));
  addEventListener("hashchange", () => target(location.hash.slice(1)));

  // Esc closes menus, arrows walk through days.
  on("keydown", (event) => {
    const menu = event.key === "Escape" && closest(event, "[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    const grid = closest(event, "[data-arrows]");
    if (!grid) return;
    const rtl = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
    const row = +grid.dataset.arrows;
    const step = { ArrowLeft: -rtl, ArrowRight: rtl, ArrowUp: -row, ArrowDown: row }[event.key];
    if (!step) return;
    const cells = grid.matches("table") ? [...grid.querySelectorAll("tbody td")] : [...grid.children];
    const link = (cell) => cell?.matches("a") ? cell : cell?.querySelector("a, button");
    let at = cells.findIndex((cell) => cell.contains(event.target)) + step;
    while (cells[at] && !link(cells[at])) at += step;
    link(cells[at])?.focus();
    event.preventDefault();
  });

  // Filters send themselves.
  on("change", (event) => {
    closest(event, "[data-autosubmit]")?.requestSubmit();
    const names = event.target.type === "file" && doc.querySelector(`[data-files="${event.target.id}"]`);
    if (names) names.textContent = [...event.target.files].map((file) => file.name).join(", ");
  });

  // A file's text is put into a field.
  for (const box of all("[data-read]")) {
    box.hidden = false;
    box.addEventListener("change", async ({ target }) => { doc.getElementById(box.dataset.read).value = (await target.files[0]?.text()) ?? ""; });
  }

  // A colour is shown while it is chosen; what can be said of it the server says.
  for (const box of all("[data-brand]")) {
    const field = box.querySelector("[name=brand]");
    const picker = box.querySelector("[type=color]");
    let timer;
    picker.hidden = false;
    box.addEventListener("input", ({ target }) => {
      if (target === picker) field.value = picker.value;
      const colour = field.value.trim().toLowerCase();
      if (!/^#[0-9a-f]{6}$/.test(colour)) return;
      picker.value = colour;
      box.querySelector(".brand-scope").style.setProperty("--brand", colour);
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const page = await fetch(`?brand=${encodeURIComponent(colour)}`).then((answer) => answer.text(), () => "");
        // Its styles are by another nonce than this page's.
        const figures = new DOMParser().parseFromString(page.replace(/<style[^]*?<\/style>/g, ""), "text/html").getElementById("brand-figures");
        if (figures && field.value.trim().toLowerCase() === colour) doc.getElementById("brand-figures").replaceChildren(...figures.childNodes);
      }, 200);
    });
    box.addEventListener("click", (event) => {
      const fill = closest(event, "[data-fill]");
      if (!fill) return;
      event.preventDefault();
      field.value = fill.dataset.fill;
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  // Countdowns run by the server's clock.
  for (const clock of all("[data-countdown]")) {
    const { countdown, now, done, announce = "" } = clock.dataset;
    const end = performance.now() + Date.parse(countdown) - Date.parse(now);
    const voice = clock.parentNode.appendChild(doc.createElement("span"));
    voice.className = "sr";
    voice.setAttribute("role", "status");
    const bar = clock.closest(".hold")?.querySelector("progress");
    let was = 0;
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      clock.textContent = left ? `${(left / 60) | 0}:${String(left % 60).padStart(2, "0")}` : done;
      if (bar) bar.value = left;
      for (const mark of [5, 1]) {
        if (left <= mark * 60 && mark * 60 < was) voice.textContent = announce.replace("{n}", mark);
      }
      if (!left) voice.textContent = done;
      else setTimeout(tick, 1000);
      was = left;
    };
    tick();
  }
})();
