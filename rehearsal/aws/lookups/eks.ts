import type { Cloud } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { refuse } from "../aws-type";
import { textAt } from "../look";
import { addonVersions } from "./addon-versions";

/** The version of an add-on; `mostRecent` finds a newer build each run. */
export function getAddonVersion(args: Props, region: string, cloud: Cloud): Props {
    const addonName = textAt(args, "addonName") ?? "";
    const known = Object.hasOwn(addonVersions, addonName) ? addonVersions[addonName] : undefined;
    if (known === undefined)
        return refuse("InvalidParameterException", `Addon ${addonName} specified is not supported`);
    const build = Number(known.slice(known.lastIndexOf(".") + 1)) + cloud.run;
    const newest = known.replace(/\d+$/, String(build));
    const version = args["mostRecent"] === true ? newest : known;
    return { addonName, id: addonName, region, version };
}

/** A token for a cluster, which nothing outside the rehearsal takes. */
export function getClusterAuth(args: Props, region: string): Props {
    const name = textAt(args, "name") ?? "";
    const token = `k8s-aws-v1.${Buffer.from(`rehearsal of ${name}`).toString("base64url")}`;
    return { id: name, name, region, token };
}
