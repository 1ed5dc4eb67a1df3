// Starts the browser half. Until it has started, and if it never does, every link and form works
// without it.
const { dataset, lang } = document.documentElement;
// The second half of the module, which no page needs to come to life; the bundler fills in its name.
const REST = "/pkg/rest.wasm";

// Requests that are cut off because the person goes elsewhere are no failure.
let leaving = false;
addEventListener("pagehide", () => (leaving = true));

const load = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
};

// Everything is asked for at once, and the module is compiled while it arrives.
const module = load(dataset.wasm);
const catalog = load(dataset.catalog).then((response) => response.text());
let first;
const glue = import(dataset.glue).then(async (glue) => {
  first = await glue.default({ module_or_path: module });
  return glue;
});

// The rest, once: at its first failure it may be asked for again.
let rest;
globalThis.rest = () =>
  (rest ??= (REST ? WebAssembly.instantiateStreaming(load(REST), { first }) : Promise.resolve()).catch((error) => {
    rest = undefined;
    throw error;
  }));

// The rest, while what needs it stands still. Only a request of this old kind can wait like that.
globalThis.loadRest = () => {
  const request = new XMLHttpRequest();
  request.open("GET", REST, false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new Error(`${REST} answered ${request.status}`);
  const bytes = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255);
  new WebAssembly.Instance(new WebAssembly.Module(bytes), { first });
};

const tell = (what) => (error) => leaving || console.error(what, error);

Promise.all([glue, catalog, module])
  .then(([glue, catalog]) => {
    glue.hydrate(lang, catalog);
    // Lists that send their form by themselves show no button, so what was chosen before is sent now.
    for (const option of document.querySelectorAll("form:has(.no-js-only) option[selected]:not(:checked)"))
      option.closest("select").dispatchEvent(new Event("change", { bubbles: true }));
  })
  .then(
    () => globalThis.rest().catch(tell("half of what this page can do is asked for again when it is needed:")),
    tell("the page stays without its browser half:"),
  );
