/** What a service takes for a name. */
export interface NameRule {
    readonly length: readonly [number, number];
    readonly pattern: RegExp;
    /** What the pattern says, in words: "letters, digits and hyphens". */
    readonly words: string;
}

/**
 * Names by kind, from the table of the resource manager unless another source stands beside a rule.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
const rule = (least: number, most: number, pattern: RegExp, words: string): NameRule => ({
    length: [least, most],
    pattern,
    words,
});

const edged = /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;
const edgedWords =
    "letters, digits, underscores, dots and hyphens that begin with a letter or digit and end with one or an underscore";

/** Most of Microsoft.Network: 1 to 80. */
export const networkName = rule(1, 80, edged, edgedWords);
/** Virtual networks and private endpoints: 2 to 64. */
export const shortNetworkName = rule(2, 64, edged, edgedWords);

/** Letters, digits, underscores and hyphens. */
export const plainName = (least: number, most: number): NameRule =>
    rule(least, most, /^[A-Za-z0-9_-]+$/, "letters, digits, underscores and hyphens");

/** Letters, digits and hyphens, begun with a letter and ended with a letter or digit. */
export const letteredName = (least: number, most: number): NameRule =>
    rule(
        least,
        most,
        /^[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
        "letters, digits and hyphens that begin with a letter and end with a letter or digit",
    );

/** Letters, digits and inner hyphens. */
export const hyphenName = (least: number, most: number): NameRule =>
    rule(
        least,
        most,
        /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
        "letters, digits and inner hyphens",
    );

/** Lower-case letters, digits and single inner hyphens. */
export const lowerName = (least: number, most: number): NameRule =>
    rule(
        least,
        most,
        /^[a-z0-9](-?[a-z0-9])*$/,
        "lower-case letters, digits and single inner hyphens",
    );

/** Anything but some characters, and no dot or space at the end. */
export const freeName = (least: number, most: number, without: string): NameRule =>
    rule(
        least,
        most,
        new RegExp(
            `^[^${without.replace(/[\\\]^-]/g, "\\$&")}\\u0000-\\u001f]*[^. ${without.replace(/[\\\]^-]/g, "\\$&")}\\u0000-\\u001f]$`,
            "u",
        ),
        `characters other than ${without} that do not end in a dot or a space`,
    );

export const guidName = rule(
    36,
    36,
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
    "a GUID",
);

export const storageAccountName = rule(3, 24, /^[a-z0-9]+$/, "lower-case letters and digits");
export const registryName = rule(5, 50, /^[A-Za-z0-9]+$/, "letters and digits");
export const vaultName = rule(
    3,
    24,
    /^[A-Za-z](-?[A-Za-z0-9])*$/,
    "letters, digits and single inner hyphens that begin with a letter",
);
export const resourceGroupName = rule(
    1,
    90,
    /^[\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{Nd}_.()-]*[\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{Nd}_()-]$/u,
    "letters, digits, underscores, dots, hyphens and parentheses that do not end in a dot",
);
export const zoneName = rule(
    1,
    253,
    /^(?=.{1,253}$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.){1,33}[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/,
    "2 to 34 labels of letters, digits, underscores and hyphens",
);
/** @see https://learn.microsoft.com/azure/aks/use-system-pools#system-and-user-node-pools */
export const agentPoolName = rule(
    1,
    12,
    /^[a-z][a-z0-9]*$/,
    "lower-case letters and digits that begin with a letter",
);
/** A name that the service fixes. */
export const onlyName = (...names: readonly string[]): NameRule =>
    rule(1, 260, new RegExp(`^(${names.join("|")})$`), names.join(" or "));

/** Words that are no name; in part of a name they are taken, unlike those of `barred`. */
const reserved = new Set(
    (
        "access app_code app_themes app_data app_globalresources app_localresources app_webreferences app_browsers " +
        "azure bing bizspark biztalk cortana directx dotnet dynamics excel exchange forefront groove hololens hyperv " +
        "kinect lync msdn o365 office office365 onedrive onenote outlook powerpoint sharepoint skype visio " +
        "visualstudio web.config xbox"
    ).split(" "),
);
const barred = ["microsoft", "windows"];

/** What is wrong with a name, or undefined. */
export function nameProblem(name: string, { length: [least, most], pattern, words }: NameRule) {
    const length = Array.from(name).length;
    if (length < least || length > most) return `has ${length} characters, not ${least} to ${most}`;
    return pattern.test(name) ? undefined : `is not ${words}`;
}

/**
 * What the resource manager says against the name of something with a public address, or undefined.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-reserved-resource-name
 */
export function reservedProblem(name: string): string | undefined {
    const plain = name.toLowerCase();
    if (reserved.has(plain)) return `is ${plain}, which is a reserved word`;
    if (plain.startsWith("login")) return "begins with login, which is reserved";
    const word = barred.find((each) => plain.includes(each));
    return word === undefined ? undefined : `has ${word} in it, which is reserved`;
}
