// A real OpenID provider on a free port, with one client and people who sign in by their address.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export const CLIENT = "store-manager";
export const SECRET = "a secret of the provider, long enough";

export class OpenIdProvider {
  private constructor(
    readonly issuer: string,
    private readonly server: Server,
  ) {}

  /** Starts a provider that sends people back to the site at `url`. Everybody whose name ends in "unverified" has an unverified address. */
  static async start(url: string): Promise<OpenIdProvider> {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT,
          client_secret: SECRET,
          redirect_uris: [`${url}/account/sso/callback`],
          response_types: ["code"],
          grant_types: ["authorization_code"],
        },
      ],
      pkce: { required: () => true },
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
      cookies: { keys: ["only for tests"] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: async () => ({
          sub: id,
          email: id,
          email_verified: !id.startsWith("unverified"),
          given_name: "Nora",
          family_name: "Lind",
        }),
      }),
    });
    server.on("request", provider.callback());
    return new OpenIdProvider(issuer, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }
}
