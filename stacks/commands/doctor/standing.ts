import { ownerKeys } from "../../../components/model/tags";
import type { Finding } from "./check";

type TagList = readonly {
    readonly Key?: string | undefined;
    readonly Value?: string | undefined;
}[];

/** Tags as most services list them, as a plain object. */
export function tagMap(tags: TagList | undefined): Record<string, string> {
    return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Whether something carries the tags of the stack of that cluster. */
export function isOurs(
    tags: Readonly<Record<string, string>> | undefined,
    cluster: string,
): boolean {
    return tags?.[ownerKeys.cluster] === cluster && tags[ownerKeys.managedBy] === "steward";
}

/** Something stands that this stack would create: of an earlier deploy, or of somebody else. */
export function standing(id: string, what: string, ours: boolean, rename: string): Finding {
    return ours
        ? {
              id,
              status: "warning",
              message: `${what} stands already, with the tags of this stack`,
              fix: "check that your backend holds the state of that deploy: without it, `up` fails here",
          }
        : {
              id,
              status: "lacking",
              message: `${what} stands already, without the tags of this stack`,
              fix: rename,
          };
}
