import { buildCluster } from "../components/build-cluster";
import { readStack } from "./read-stack";

/**
 * The program of every stack: reads the stack file, refuses it, or builds what it describes.
 *
 * An address of a reserved domain (example.org and its like) reaches nobody: it passes only in a rehearsal.
 */
export function program() {
    const rehearsed = process.env["STEWARD_REHEARSAL"] === "1";
    const { spec, secrets } = readStack({
        now: new Date(),
        reservedContacts: rehearsed ? "allowed" : "refused",
    });
    return buildCluster(spec, secrets);
}
