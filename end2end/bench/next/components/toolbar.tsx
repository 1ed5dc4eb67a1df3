"use client";
import Form from "next/form";
import { path } from "../lib/path.ts";
import { Icon } from "./icon.tsx";

/** Search and filter: a form whose state stands in the address. */
export function Search({ store, q, status }: { store: string; q: string; status: string }) {
  return (
    <Form action={path(store)} role="search" aria-label="Search by name or email" prefetch={false}>
      <div className="search">
        <Icon name="search" />
        <input type="search" name="q" defaultValue={q} maxLength={200} aria-label="Search by name or email" placeholder="Search by name or email" />
      </div>
      <div className="select">
        <select name="status" aria-label="Status" defaultValue={status} onChange={(event) => event.currentTarget.form?.requestSubmit()}>
          <option value="">All</option>
          <option value="active">Active</option>
          <option value="invited">Invited</option>
        </select>
      </div>
      <button className="button">Search</button>
    </Form>
  );
}
