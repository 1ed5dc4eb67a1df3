// What a hostile page does, in the browser. Each way takes `to`: the address of an operation
// (`url`, which takes a query) and what it is told (`pairs`), and only sets a request going.
"use strict";
(() => {
  const query = ({ url, pairs }) => `${url}&${new URLSearchParams(pairs)}`;
  const encoded = ({ pairs }) => new URLSearchParams(pairs);
  const parts = ({ pairs }) => {
    const data = new FormData();
    for (const [name, value] of pairs) data.append(name, value);
    return data;
  };
  const redirected = (to, status) => ({ ...to, url: `/redirect?status=${status}&to=${encodeURIComponent(to.url)}` });

  function add(tag, attributes, parent = document.body) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent.append(element);
    return element;
  }

  let frames = 0;
  function frame() {
    frames += 1;
    return add("iframe", { name: `frame${frames}` }).name;
  }

  function form(to, attributes, more = []) {
    const element = add("form", { method: "post", action: to.url, target: frame(), ...attributes });
    for (const [name, value] of [...to.pairs, ...more]) add("input", { type: "hidden", name, value }, element);
    HTMLFormElement.prototype.submit.call(element);
  }

  // The same form in a document that has no origin, or that tells nobody where it comes from.
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  function markup(to, head = "") {
    const inputs = to.pairs.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
    return `<!doctype html>${head}<form method="post" action="${escaped(to.url)}">${inputs.join("")}</form><script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>`;
  }

  const ask = (url, options) => void fetch(url, { credentials: "include", ...options }).catch(() => {});
  const post = (to, options) => ask(to.url, { method: "POST", mode: "no-cors", ...options });
  const typed = (type, headers = {}) => ({ headers: { "content-type": type, ...headers } });

  window.WAYS = {
    "form, urlencoded": (to) => form(to, {}),
    "form, multipart": (to) => form(to, { enctype: "multipart/form-data" }),
    "form, plain text": (to) => form(to, { enctype: "text/plain" }),
    "form, GET": (to) => form({ ...to, pairs: [...new URL(to.url).searchParams, ...to.pairs] }, { method: "get" }),
    "form with another method's name": (to) => form(to, {}, [["_method", "PUT"], ["_METHOD", "DELETE"], ["X-HTTP-Method-Override", "PATCH"]]),
    "form without a referrer": (to) => add("iframe", { srcdoc: markup(to, '<meta name="referrer" content="no-referrer">') }),
    "form in a sandbox": (to) => add("iframe", { sandbox: "allow-scripts allow-forms", srcdoc: markup(to) }),
    "form in a data address": (to) => add("iframe", { src: `data:text/html,${encodeURIComponent(markup(to))}` }),
    "form in a blob": (to) => add("iframe", { src: URL.createObjectURL(new Blob([markup(to)], { type: "text/html" })) }),
    "form, redirected with 307": (to) => form(redirected(to, 307), {}),
    "form, redirected with 308": (to) => form(redirected(to, 308), { enctype: "multipart/form-data" }),
    "form, redirected with 302": (to) => form(redirected(to, 302), {}),
    "form in a new window": (to) => form(to, { target: "_blank" }),

    "fetch, urlencoded": (to) => post(to, { body: encoded(to) }),
    "fetch, multipart": (to) => post(to, { body: parts(to) }),
    "fetch, plain text": (to) => post(to, { body: String(encoded(to)), ...typed("text/plain") }),
    "fetch, no type": (to) => post(to, { body: new Blob([String(encoded(to))]) }),
    "fetch without credentials": (to) => post(to, { body: encoded(to), credentials: "omit" }),
    "fetch without a referrer": (to) => post(to, { body: encoded(to), referrerPolicy: "no-referrer" }),
    "fetch that outlives the page": (to) => post(to, { body: encoded(to), keepalive: true }),
    "fetch, redirected with 307": (to) => post(redirected(to, 307), { body: encoded(to) }),
    "fetch that wants the answer": (to) => post(to, { body: encoded(to), mode: "cors" }),
    "fetch, JSON": (to) => post(to, { body: JSON.stringify(Object.fromEntries(to.pairs)), mode: "cors", ...typed("application/json") }),
    "fetch with a header of a script": (to) => post(to, { body: encoded(to), mode: "cors", ...typed("application/x-www-form-urlencoded", { "x-requested-with": "XMLHttpRequest" }) }),
    "fetch, PUT": (to) => ask(to.url, { method: "PUT", body: encoded(to) }),
    "fetch, PATCH": (to) => ask(to.url, { method: "PATCH", body: encoded(to) }),
    "fetch, DELETE": (to) => ask(to.url, { method: "DELETE", body: encoded(to) }),
    "fetch, GET": (to) => ask(query(to), { mode: "no-cors" }),
    "fetch, HEAD": (to) => ask(query(to), { method: "HEAD", mode: "no-cors" }),
    "fetch, GET with another method's name": (to) => ask(`${query(to)}&_method=POST`, { mode: "cors", headers: { "x-http-method-override": "POST" } }),
    "request of the old kind": (to) => {
      const request = new XMLHttpRequest();
      request.open("POST", to.url);
      request.withCredentials = true;
      request.send(parts(to));
    },
    "beacon, urlencoded": (to) => navigator.sendBeacon(to.url, encoded(to)),
    "beacon, multipart": (to) => navigator.sendBeacon(to.url, parts(to)),
    "beacon, plain text": (to) => navigator.sendBeacon(to.url, String(encoded(to))),
    "ping of a link": (to) => add("a", { href: `#${frames}`, ping: query(to) }).click(),

    "image": (to) => (new Image().src = query(to)),
    "script": (to) => add("script", { src: query(to) }),
    "module": (to) => add("script", { type: "module", crossorigin: "use-credentials", src: query(to) }),
    "style sheet": (to) => add("link", { rel: "stylesheet", href: query(to) }),
    "prefetch": (to) => add("link", { rel: "prefetch", href: query(to) }),
    "preload": (to) => add("link", { rel: "preload", as: "image", href: query(to) }),
    "icon of the style": (to) => add("div", { style: `width:9px;height:9px;background:url("${query(to)}")` }),
    "frame": (to) => add("iframe", { src: query(to) }),
    "object": (to) => add("object", { data: query(to) }),
    "embedded": (to) => add("embed", { src: query(to) }),
    "video": (to) => add("video", { src: query(to), preload: "auto" }),
    "stream of events": (to) => new EventSource(query(to), { withCredentials: true }),
    "socket": (to) => new WebSocket(query(to).replace("http:", "ws:")),
    "new window": (to) => void window.open(query(to)),
  };
  window.WAYS_OF_THE_PAGE = {
    "the page itself, POST": (to) => form(to, { target: "_top" }),
    "the page itself, multipart": (to) => form(to, { target: "_top", enctype: "multipart/form-data" }),
    "the page itself, POST redirected": (to) => form(redirected(to, 307), { target: "_top" }),
    "the page itself, GET": (to) => void (location.href = query(to)),
  };
})();
