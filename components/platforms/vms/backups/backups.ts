import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { BackupSource } from "../../../model/commcare/host-backups";
import type { VmsBackupsSpec } from "../../../model/spec/vms-backups";
import { remoteFile } from "../remote-file";
import type { RemoteFileArgs } from "../remote-file";
import type { Done, RemoteHost } from "../remote-host";
import { allOf, onHost } from "../remote-host";
import { remotePackages } from "../remote-packages";
import { quote } from "../shell";
import { backupsCommand } from "./backups-command";
import { places } from "./places";
import { settingsText, sshText } from "./repository";
import { timerSteps, unitsOf } from "./units";

export interface BackupsArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly clusterName: string;
    /** What lies on this host and nowhere else. */
    readonly sources: readonly BackupSource[];
    readonly backups: VmsBackupsSpec;
    /** Those of `steward:secrets.hosts`. */
    readonly secrets: Readonly<Record<string, pulumi.Output<string>>>;
    readonly after: readonly Done[];
}

/** Copies of a host's data in a repository off the host, and the drill that brings them back on trial. */
export class Backups extends Layer {
    constructor(name: string, args: BackupsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Backups", name, args, opts);
        const { host, clusterName, sources, backups, secrets, after } = args;
        const { repository, drill } = backups;
        const file = (noun: string, from: readonly Done[], content: RemoteFileArgs) =>
            remoteFile(`${name}-${noun}`, host, content, { parent: this, dependsOn: allOf(from) });
        const tools = remotePackages(
            `${name}-restic`,
            host,
            ["restic", "jq", ...(repository.kind === "sftp" ? ["openssh-client"] : [])],
            { parent: this, dependsOn: allOf(after) },
        );
        const below = `${clusterName}/${host.name}`;
        const [password, key] = [secrets["backupsPassword"], secrets["backupsPrivateKey"]];
        const secret = (path: string, content: pulumi.Output<string> | undefined) => ({
            path,
            content: pulumi.secret(
                (content ?? pulumi.output("")).apply((text) => `${text.trim()}\n`),
            ),
            mode: "600",
        });
        const settings = settingsText(host.name, below, backups, secrets);
        const files = [
            file("password", after, secret(places.password, password)),
            file("settings", after, secret(places.settings, settings)),
            file("sources", after, { path: places.sources, content: sourcesText(sources) }),
            file("command", after, { path: places.command, content: backupsCommand, mode: "755" }),
        ];
        if (repository.kind === "sftp") {
            const { config, knownHosts } = sshText(repository);
            files.push(
                file("key", after, secret(places.key, key)),
                file("ssh", after, { path: places.ssh, content: config }),
                file("known-hosts", after, { path: places.knownHosts, content: knownHosts }),
            );
        }
        const folders = [places.state, places.cache, drill.folder].map(quote).join(" ");
        const made = onHost(
            `${name}-repository`,
            host,
            {
                // Made now, so that a repository that cannot be reached is found now.
                bring: `install -d -m 700 ${folders}\ninstall -d -m 755 ${places.metrics}\n${places.command} prepare`,
                undo: ":", // what was copied stays
            },
            { parent: this, dependsOn: allOf([tools, ...files]) },
        );
        const units = Object.entries(unitsOf(backups)).map(([unit, content]) =>
            file(unit.replace(/^steward-/, "").replace(".", "-"), after, {
                path: `/etc/systemd/system/${unit}`,
                content,
                reload: "systemctl daemon-reload",
            }),
        );
        onHost(`${name}-timers`, host, timerSteps, {
            parent: this,
            dependsOn: allOf([made, ...units]),
        });
        this.registerOutputs();
    }
}

/** A line each, its parts apart by tabs: service, kind, paths, what is left out, where a disk has to be. */
function sourcesText(sources: readonly BackupSource[]): string {
    const lines = sources.map(({ service, kind, paths, without, mounts }) =>
        [service, kind, ...[paths, without, mounts].map((all) => all.join(" "))].join("\t"),
    );
    return `${lines.join("\n")}\n`;
}
