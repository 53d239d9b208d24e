import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";

const isArn = (principal: string): boolean => principal.startsWith("arn:");

/** What of the stack file only Azure carries out, or AWS otherwise. */
export function checkAwsHubs({ access, jupyterhub }: StackInput): Problem[] {
    const problems: Problem[] = [];
    const principals = Object.entries(access).map(([slug, principal]): [string, string] => [
        `steward:access.${slug}`,
        principal,
    ]);
    (jupyterhub?.hubs ?? []).forEach(({ homes, database, datasets, images }, at) => {
        const path = `steward:jupyterhub.hubs[${String(at)}]`;
        if (homes.storage === "azure-files" || homes.storage === "local-path") {
            const message =
                homes.storage === "azure-files"
                    ? "azure-files is a share of Azure"
                    : "local-path is a directory of a host, which a cloud takes away again";
            const fix = "take nfs, efs or none";
            problems.push({ path: `${path}.homes.storage`, message, fix });
        }
        if (database.kind === "flexible-server") {
            const message = "flexible-server is a database of Azure";
            problems.push({
                path: `${path}.database.kind`,
                message,
                fix: "take rds or sqlite-pvc",
            });
        }
        datasets.forEach(({ editors }, nth) => {
            editors.forEach((each, i) => {
                principals.push([`${path}.datasets[${String(nth)}].editors[${String(i)}]`, each]);
            });
        });
        images?.builders.forEach((each, i) => {
            principals.push([`${path}.images.builders[${String(i)}]`, each]);
        });
    });
    for (const [where, principal] of principals) {
        if (isArn(principal)) continue;
        const message = `${principal} is not the ARN of a role or user`;
        problems.push({ path: where, message, fix: "write arn:aws:iam::<account>:role/<name>" });
    }
    return problems;
}
