// The production server: what the adapter made, compressed, since no proxy stands before it.
import compression from "@polka/compression";
import { createServer } from "node:http";
import { handler } from "./build/handler.js";

const { HOST = "127.0.0.1", PORT = "3000" } = process.env;
const compress = compression();

createServer((request, response) => compress(request, response, () => handler(request, response))).listen(Number(PORT), HOST, () =>
  console.log(`Listening on http://${HOST}:${PORT}`),
);
