import * as pulumi from "@pulumi/pulumi";
import type { VmsBackupsSpec } from "../../../model/spec/vms-backups";
import { quote } from "../shell";
import { places } from "./places";

type Repository = VmsBackupsSpec["repository"];
type HostSecrets = Readonly<Record<string, pulumi.Output<string>>>;

const nothing = pulumi.output("");

/** What restic calls the repository of one host. */
function repositoryOf(repository: Repository, below: string, password: string): string {
    if (repository.kind === "sftp") return `sftp:backups:${repository.folder}/${below}`;
    const url = repository.url.replace(/\/+$/, "");
    if (repository.kind === "s3") return `s3:${url}/${below}`;
    if (repository.user === undefined) return `rest:${url}/${below}/`;
    // Versions of 22.04 and of Debian 12 have no other way to be told.
    const who = `${repository.user}:${encodeURIComponent(password)}`;
    return `rest:${url.replace("https://", `https://${who}@`)}/${below}/`;
}

/** The file that `steward-backups` reads first: where copies go, what opens it, how many are kept. */
export function settingsText(
    host: string,
    below: string,
    { repository, keep, prune, drill }: VmsBackupsSpec,
    secrets: HostSecrets,
): pulumi.Output<string> {
    return pulumi
        .all([
            secrets["backupsRestPassword"] ?? nothing,
            secrets["backupsAccessKeyId"] ?? nothing,
            secrets["backupsSecretAccessKey"] ?? nothing,
        ])
        .apply(([password, accessKeyId, secretAccessKey]) => {
            const s3 = {
                AWS_ACCESS_KEY_ID: accessKeyId,
                AWS_SECRET_ACCESS_KEY: secretAccessKey,
                ...("region" in repository && repository.region !== undefined
                    ? { AWS_DEFAULT_REGION: repository.region }
                    : {}),
            };
            const told = {
                RESTIC_REPOSITORY: repositoryOf(repository, below, password),
                RESTIC_PASSWORD_FILE: places.password,
                ...(repository.kind === "s3" ? s3 : {}),
            };
            const own = {
                host,
                daily: String(keep.daily),
                weekly: String(keep.weekly),
                monthly: String(keep.monthly),
                prune: String(prune),
                scratch: drill.folder,
            };
            return [
                "# Kept by Steward: changes by hand are undone.",
                ...Object.entries(told).map(([key, text]) => `export ${key}=${quote(text)}`),
                ...Object.entries(own).map(([key, text]) => `${key}=${quote(text)}`),
                "",
            ].join("\n");
        });
}

/** How the machine that keeps copies is entered: by a key of its own, and only where it shows the key that is known. */
export function sshText({ address, port, user, hostKey }: Extract<Repository, { kind: "sftp" }>): {
    config: string;
    knownHosts: string;
} {
    const [kind = ""] = hostKey.split(" ");
    const algorithms = kind === "ssh-rsa" ? "rsa-sha2-512,rsa-sha2-256" : kind;
    const config = [
        "# Kept by Steward: changes by hand are undone.",
        "Host backups",
        `    HostName ${address}`,
        `    Port ${String(port)}`,
        `    User ${user}`,
        `    IdentityFile ${places.key}`,
        "    IdentitiesOnly yes",
        "    HostKeyAlias backups",
        `    HostKeyAlgorithms ${algorithms}`,
        `    UserKnownHostsFile ${places.knownHosts}`,
        "    GlobalKnownHostsFile /dev/null",
        "    StrictHostKeyChecking yes",
        "    BatchMode yes",
        "    ConnectTimeout 15",
        "    ServerAliveInterval 30",
        "    ServerAliveCountMax 4",
        "",
    ].join("\n");
    return { config, knownHosts: `backups ${hostKey}\n` };
}
