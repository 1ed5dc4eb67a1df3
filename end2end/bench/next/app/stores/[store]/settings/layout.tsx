import type { ReactNode } from "react";
import { Header } from "../../../../components/header.tsx";
import { Tabs } from "../../../../components/tabs.tsx";
import { manage } from "../../../../lib/access.ts";

export default async function Layout({ params, children }: { params: Promise<{ store: string }>; children: ReactNode }) {
  const { viewer, store } = await manage((await params).store);
  return (
    <>
      <Header viewer={viewer} store={store} />
      <div className="console">
        <Tabs store={store.id} current="general/members" />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}
