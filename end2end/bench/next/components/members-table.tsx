// The table: drawn on the server but for the controls in its rows.
import Link from "next/link";
import type { Member, Role } from "../../twin/members.ts";
import { address, order, type Query } from "../../twin/query.ts";
import { path } from "../lib/path.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { RemoveMember } from "./remove-member.tsx";
import { RoleSelect } from "./role-select.tsx";

const COLUMNS = [
  ["name", "Name"],
  ["role", "Store role"],
  ["seen", "Last seen"],
  ["status", "Status"],
] as const;

interface Props {
  store: string;
  viewer: string;
  rows: Member[];
  roles: Role[];
  query: Query;
}

export function MembersTable({ store, viewer, rows, roles, query }: Props) {
  return (
    <table className="table cards">
      <caption className="sr-only">Members of this store</caption>
      <thead>
        <tr>
          {COLUMNS.map(([by, label]) => (
            <Column key={by} store={store} by={by} label={label} query={query} />
          ))}
          <th scope="col" className="end">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((member) => (
          <Row key={member.id} store={store} you={member.person === viewer} member={member} roles={roles} />
        ))}
      </tbody>
    </table>
  );
}

function Column({ store, by, label, query }: { store: string; by: string; label: string; query: Query }) {
  const now = order(query.sort);
  const here = now.by === by;
  const descending = here && now.descending;
  const href = address(path(store), { q: query.q, status: query.status, sort: here && !descending ? `-${by}` : by });
  return (
    <th scope="col" aria-sort={here ? (descending ? "descending" : "ascending") : undefined}>
      <Link href={href} prefetch={false} scroll={false}>
        {label}
        <Icon name={descending ? "arrow-down" : "arrow-up"} />
      </Link>
    </th>
  );
}

function Row({ store, you, member, roles }: { store: string; you: boolean; member: Member; roles: Role[] }) {
  const invited = member.status === "invited";
  const name = member.name || member.email;
  return (
    <tr id={member.id}>
      <th scope="row">
        <span className="person">
          {invited ? (
            <span className="avatar tone-4" aria-hidden="true">
              <Icon name="mail" />
            </span>
          ) : (
            <Avatar name={name} />
          )}
          <span>
            <b>
              {name}
              {you && <span className="badge">You</span>}
            </b>
            {member.name && <small>{member.email}</small>}
          </span>
        </span>
      </th>
      <td data-label="Store role">
        <div>
          <RoleSelect store={store} member={member.id} name={name} role={member.role} roles={roles} />
        </div>
      </td>
      <td data-label="Last seen" className="nowrap">
        <div>{member.seen || <span className="muted">Never</span>}</div>
      </td>
      <td data-label="Status">
        <div>
          <span className={`badge ${invited ? "info" : "success"}`}>{invited ? "Invited" : "Active"}</span>
        </div>
      </td>
      <td className="end">
        <div className="row">
          <RemoveMember store={store} member={member.id} name={name} invited={invited} />
        </div>
      </td>
    </tr>
  );
}
