// Part of the bundle of `make dev` only. This file's name changes with the bundle, so when the
// server no longer knows it, there is a new one.
setInterval(async () => {
  const answer = await fetch(import.meta.url, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.status === 404) location.reload();
}, 700);
