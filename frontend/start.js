// Starts the browser half. Until it has started, and if it never does, every link and form works
// without it.
const { dataset, lang } = document.documentElement;

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
const glue = import(dataset.glue).then(async (glue) => {
  await glue.default({ module_or_path: module });
  return glue;
});

Promise.all([glue, catalog, module])
  .then(([glue, catalog]) => glue.hydrate(lang, catalog))
  .catch((error) => {
    if (!leaving) console.error("the page stays without its browser half:", error);
  });
