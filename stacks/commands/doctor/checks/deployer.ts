import type { CloudCheck } from "../check";

/**
 * The principal of IAM behind a caller, as far as its ARN tells: a session of a role does not name the role's
 * path.
 *
 * @param arn Such as `arn:aws:sts::123456789012:assumed-role/deployer/session`.
 * @returns such as `123456789012 role/deployer`, or undefined for a caller that EKS gives no access.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function principalOf(arn: string): string | undefined {
    const session = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
    if (session !== null) return `${session[1] ?? ""} role/${session[2] ?? ""}`;
    const named = /^arn:[\w-]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn);
    return named === null ? undefined : `${named[1] ?? ""} ${named[2] ?? ""}/${named[3] ?? ""}`;
}

/** `bootstrapClusterCreatorAdminPermissions` is off: only who is named may deploy into the cluster. */
export const deployerCheck: CloudCheck = {
    id: "deployer",
    title: "Deployer",
    needs: "account",
    run({ caller, spec }) {
        const id = "deployer";
        const named = spec.access.deployer ?? "nobody";
        const principal = principalOf(caller.arn);
        if (principal !== undefined && principal === principalOf(named)) {
            return Promise.resolve([{ id, status: "ok", message: named }]);
        }
        const message = `the caller is not ${named}, and Kubernetes would refuse it`;
        const fix = "assume that role, or name the caller's in steward:access.deployer";
        return Promise.resolve([{ id, status: "lacking", message, fix }]);
    },
};
