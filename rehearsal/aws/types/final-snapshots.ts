import type { Cloud, CloudObject } from "../../provider/stand-in";
import { arnOf } from "../account";
import { refuse } from "../aws-type";
import { textAt } from "../look";

type Service = "rds" | "elasticache";

const snapshotType = { rds: "aws:rds/snapshot:Snapshot", elasticache: "elasticache snapshot" };
/** AWS's own words for a name that is taken. */
const taken = { rds: "DBSnapshotAlreadyExists", elasticache: "SnapshotAlreadyExistsFault" };

/** The snapshot that deleting takes, where it asks for one. */
function finalSnapshot(service: Service, { outputs }: CloudObject): CloudObject | undefined {
    const name = textAt(outputs, "finalSnapshotIdentifier");
    if (name === undefined || name === "" || outputs["skipFinalSnapshot"] === true) return;
    const arn = arnOf(service, textAt(outputs, "region") ?? "", `snapshot:${name}`);
    return { type: snapshotType[service], id: arn, urn: arn, inputs: {}, outputs: { arn, name } };
}

/** @throws Refusal where a snapshot of that name stands, as one of an earlier database may. */
export function admitFinalSnapshot(service: Service, object: CloudObject, cloud: Cloud): void {
    const snapshot = finalSnapshot(service, object);
    if (snapshot === undefined || cloud.find(snapshot.type, snapshot.id) === undefined) return;
    const name = textAt(snapshot.outputs, "name") ?? "";
    refuse(
        taken[service],
        `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`,
    );
}

export function leaveFinalSnapshot(service: Service, object: CloudObject): readonly CloudObject[] {
    const snapshot = finalSnapshot(service, object);
    return snapshot === undefined ? [] : [snapshot];
}
