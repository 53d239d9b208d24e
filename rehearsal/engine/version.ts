/** A version as numbers: major, minor, patch. What follows a hyphen or a plus is left out. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The first version in a text such as `v3.250.0` or `go1.26`, or undefined; no patch is patch 0. */
export function parseVersion(text: string): Version | undefined {
    const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
    if (found === null) return undefined;
    return [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

/** Whether `version` is `minimum` or newer. */
export function isAtLeast(version: Version, minimum: Version): boolean {
    const [major, minor, patch] = version;
    if (major !== minimum[0]) return major > minimum[0];
    if (minor !== minimum[1]) return minor > minimum[1];
    return patch >= minimum[2];
}
