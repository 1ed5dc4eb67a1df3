import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Toasts } from "../components/toasts.tsx";
import { person } from "../lib/access.ts";
import "./styles.css";

export const metadata: Metadata = { title: "Store Manager", icons: "/pkg/favicon.svg" };
export const viewport: Viewport = { colorScheme: "light dark" };

export default async function Layout({ children }: { children: ReactNode }) {
  const theme = (await person())?.theme ?? "system";
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>
        <a href="#main" className="skip">
          Skip to main content
        </a>
        <Toasts>{children}</Toasts>
      </body>
    </html>
  );
}
