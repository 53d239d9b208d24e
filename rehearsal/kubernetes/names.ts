import type { Kind } from "./kinds";

const labelForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const serviceForm = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomainForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const wordForm = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Kinds whose names only have to fit into a path. */
const pathSegments: ReadonlySet<string> = new Set([
    "ClusterRole",
    "ClusterRoleBinding",
    "Role",
    "RoleBinding",
]);

/**
 * What is wrong with the name of an object.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function nameProblem({ kind }: Kind, name: string): string | undefined {
    if (pathSegments.has(kind)) {
        const fits = name !== "" && name !== "." && name !== ".." && !/[/%]/.test(name);
        return fits ? undefined : `"${name}" is empty, ".", ".." or has a "/" or "%" in it`;
    }
    if (kind === "Namespace") return namespaceProblem(name);
    if (kind === "Service") {
        const fits = name.length <= 63 && serviceForm.test(name);
        const rule = 'at most 63 of a to z, 0 to 9 and "-", from a letter to a letter or digit';
        return fits ? undefined : `"${name}" is no RFC 1035 label: ${rule}`;
    }
    const fits = name.length <= 253 && subdomainForm.test(name);
    const rule = 'at most 253 of a to z, 0 to 9, "-" and ".", letters or digits around each "."';
    return fits ? undefined : `"${name}" is no RFC 1123 subdomain: ${rule}`;
}

/** What is wrong with the name of a namespace. */
export function namespaceProblem(name: string): string | undefined {
    const fits = name.length <= 63 && labelForm.test(name);
    const rule = 'at most 63 of a to z, 0 to 9 and "-", letters or digits at both ends';
    return fits ? undefined : `"${name}" is no RFC 1123 label: ${rule}`;
}

/**
 * What is wrong with the key of a label or annotation.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function keyProblem(key: string): string | undefined {
    const slash = key.indexOf("/");
    const prefix = slash === -1 ? undefined : key.slice(0, slash);
    const word = key.slice(slash + 1);
    if (prefix !== undefined && (prefix.length > 253 || !subdomainForm.test(prefix))) {
        return `the key "${key}" has a prefix that is no DNS name`;
    }
    const fits = word.length <= 63 && wordForm.test(word);
    const rule = '1 to 63 letters, digits, "-", "_" and ".", letters or digits at both ends';
    return fits ? undefined : `the key "${key}" is not ${rule}, after at most one prefix and "/"`;
}

/** What is wrong with the value of a label. */
export function labelValueProblem(key: string, value: string): string | undefined {
    const fits = value === "" || (value.length <= 63 && wordForm.test(value));
    const rule = 'at most 63 letters, digits, "-", "_" and ".", letters or digits at both ends';
    return fits ? undefined : `the value "${value}" of "${key}" is not ${rule}`;
}
