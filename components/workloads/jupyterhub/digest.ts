import { createHash } from "node:crypto";

/** A short fingerprint: a pod that finds another one restarts. */
export function digest(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
