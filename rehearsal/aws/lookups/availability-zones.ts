import type { Props } from "../../provider/values";
import { zoneIdOf, zonesOf } from "../account";
import { textsAt } from "../look";

/** The zones of a region, as a new account sees them. */
export function getAvailabilityZones(args: Props, region: string): Props {
    const withoutNames = new Set(textsAt(args, "excludeNames"));
    const withoutIds = new Set(textsAt(args, "excludeZoneIds"));
    const names = zonesOf(region).filter(
        (zone) => !withoutNames.has(zone) && !withoutIds.has(zoneIdOf(zone)),
    );
    return {
        groupNames: [`${region}-zg-1`],
        id: region,
        names: [...names],
        region,
        zoneIds: names.map(zoneIdOf),
    };
}
