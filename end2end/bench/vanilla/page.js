// The table of members by hand: what is left of a page when nothing stands between it and the browser.
const state = { q: "", status: "", sort: "name" };
const body = document.querySelector("tbody");
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="/pkg/icons.svg#${name}"></use></svg>`;

let shown;

async function load(place = {}) {
  const response = await fetch(`/rows?${new URLSearchParams({ ...state, ...place })}`);
  shown = await response.json();
  body.innerHTML = shown.rows.map(row).join("");
  document.querySelector(".pager p").textContent = `${shown.rows.length} members shown`;
  for (const header of document.querySelectorAll("th:has([data-sort])")) {
    const { sort } = header.firstElementChild.dataset;
    const order = { [sort]: "ascending", [`-${sort}`]: "descending" }[state.sort];
    if (order) header.setAttribute("aria-sort", order);
    else header.removeAttribute("aria-sort");
  }
}

function row({ id, name, email, initials, tone, role, seen, status }) {
  const called = escape(name || email);
  const option = ({ code, name }) => `<option value="${code}"${code === role ? " selected" : ""}>${escape(name)}</option>`;
  const invited = status === "invited";
  return `<tr id="${id}">
    <th scope="row"><span class="person"><span class="avatar tone-${tone}" aria-hidden="true">${invited ? icon("mail") : escape(initials)}</span>
      <span><b>${called}</b>${name ? `<small>${escape(email)}</small>` : ""}</span></span></th>
    <td data-label="Store role"><div><form class="inline"><div class="select small quiet">
      <select name="role" aria-label="Store role of ${called}" autocomplete="off">${shown.roles.map(option).join("")}</select>
    </div></form></div></td>
    <td data-label="Last seen" class="nowrap"><div>${seen || `<span class="muted">Never</span>`}</div></td>
    <td data-label="Status"><div><span class="badge ${invited ? "info" : "success"}">${invited ? "Invited" : "Active"}</span></div></td>
    <td class="end"><div class="row"><a class="button quiet small danger" href="#remove" aria-label="Remove ${called}">Remove</a></div></td>
  </tr>`;
}

async function post(path, values) {
  const response = await fetch(path, { method: "POST", body: new URLSearchParams(values) });
  document.querySelector(".toasts").textContent = await response.text();
  await load();
}

function ask(id) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.innerHTML = `<header><h2>Remove?</h2></header><form method="dialog"><footer class="actions">
    <button class="button" value="no">Cancel</button><button class="button danger primary" value="yes">Remove</button></footer></form>`;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") post("/remove", { id });
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  const { sort } = link.dataset;
  if (sort) {
    state.sort = state.sort === sort ? `-${sort}` : sort;
    load();
  } else if (link.rel === "next") load({ after: shown.next });
  else if (link.rel === "prev") load({ before: shown.previous });
  else ask(link.closest("tr").id);
});
document.addEventListener("change", ({ target }) => {
  if (target.name === "role") post("/role", { id: target.closest("tr").id, role: target.value });
  else if (target.name === "status") target.form.requestSubmit();
});
document.querySelector("form[role=search]").addEventListener("submit", (event) => {
  event.preventDefault();
  Object.assign(state, Object.fromEntries(new FormData(event.target)));
  load();
});
load().then(() => document.documentElement.classList.add("hydrated"));
