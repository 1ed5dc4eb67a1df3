// Another site that means harm, and a gate before the server that tells what of it arrives.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server as Http, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";

async function listen(server: Http): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
  return (server.address() as AddressInfo).port;
}

async function close(server: Http): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
}

/** What arrived, and what it was answered. */
export interface Arrival {
  method: string;
  status: number;
  /** Whether it came with the session of whoever is signed in. */
  session: boolean;
  allowed: boolean;
}

/** Hands every request on to the server as it is, and keeps what came with which mark. */
export class Gate {
  private readonly arrivals = new Map<string, Arrival[]>();
  private readonly waiting = new Map<string, () => void>();

  private constructor(
    private readonly server: Http,
    readonly port: number,
  ) {}

  static async before(url: string, address: string): Promise<Gate> {
    const server = createServer();
    const gate = new Gate(server, await listen(server));
    const { hostname, port } = new URL(url);
    const on = ({ method, url: path, headers }: IncomingMessage) =>
      request({ hostname, port, method, path, headers: { ...headers, "x-forwarded-for": address } });
    server.on("request", (asked, answer) => gate.pass(asked, answer, on(asked)));
    // The server takes no sockets: it answers as it does any other request.
    server.on("upgrade", (asked: IncomingMessage, socket: Socket) => {
      const onward = on(asked);
      onward.on("response", (response) => {
        gate.note(asked, response);
        socket.end(`HTTP/1.1 ${response.statusCode} -\r\nconnection: close\r\n\r\n`);
      });
      onward.end();
    });
    return gate;
  }

  private pass(asked: IncomingMessage, answer: ServerResponse, onward: ReturnType<typeof request>): void {
    onward.on("response", (response) => {
      answer.writeHead(response.statusCode!, response.headers);
      response.pipe(answer);
      response.on("end", () => this.note(asked, response));
    });
    // Who goes away before the answer hears nothing of it.
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  }

  private note(asked: IncomingMessage, response: IncomingMessage): void {
    const mark = new URL(asked.url!, "http://gate").searchParams.get("mark");
    if (!mark) return;
    const arrival = {
      method: asked.method!,
      status: response.statusCode!,
      session: /(^|; )session=/.test(asked.headers.cookie ?? ""),
      allowed: "access-control-allow-origin" in response.headers,
    };
    this.arrivals.set(mark, [...(this.arrivals.get(mark) ?? []), arrival]);
    this.waiting.get(mark)?.();
  }

  /** What came with this mark, once something did and was answered. */
  async arrived(mark: string): Promise<Arrival[]> {
    if (!this.arrivals.has(mark)) await new Promise<void>((done) => this.waiting.set(mark, done));
    return this.arrivals.get(mark)!;
  }

  async stop(): Promise<void> {
    await close(this.server);
  }
}

/** A site at any name: an empty page with the hostile script, and redirects. */
export class Hostile {
  private constructor(
    private readonly server: Http,
    readonly port: number,
  ) {}

  static async start(): Promise<Hostile> {
    const script = readFileSync(join(import.meta.dirname, "hostile-page.js"));
    const server = createServer((asked, answer) => {
      const { pathname, searchParams } = new URL(asked.url!, "http://hostile");
      asked.resume();
      if (pathname === "/redirect") answer.writeHead(Number(searchParams.get("status")), { location: searchParams.get("to")! }).end();
      else if (pathname === "/page.js") answer.writeHead(200, { "content-type": "text/javascript" }).end(script);
      else if (pathname === "/") answer.writeHead(200, { "content-type": "text/html" }).end('<!doctype html><title>Win</title><body><script src="/page.js"></script>');
      else answer.writeHead(404).end();
    });
    return new Hostile(server, await listen(server));
  }

  async stop(): Promise<void> {
    await close(this.server);
  }
}
