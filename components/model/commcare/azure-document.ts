import { markdownTable } from "../markdown-table";
import { azureTypeOf, flexibleTypeOf, redisSkuOf } from "./azure-types";
import { loadOf } from "./demand";
import type { MachinePlan } from "./plan";
import { sizePlan } from "./sizing";

const sizes = [500, 1_500, 5_000, 15_000, 40_000];
const count = (value: number): string => value.toLocaleString("en-US");
const none = "–";

/** The plans of several numbers of users side by side, on Azure. */
function planTable(): string[] {
    const plans = sizes.map((users) =>
        sizePlan({
            load: loadOf({ users }),
            availability: "standard",
            cloud: true,
            stands: { redis: "machine" },
            zones: 3,
        }),
    );
    const each = (of: (plan: MachinePlan) => string) => plans.map(of);
    const lines = [...new Set(plans.flatMap((plan) => plan.lines.map(({ name }) => name)))];
    return markdownTable([
        ["", ...sizes.map((users) => `${count(users)} users`)],
        ...lines.map((name) => [
            `machines: ${name}`,
            ...each((plan) => {
                const line = plan.lines.find((one) => one.name === name);
                if (line === undefined) return none;
                const disk = line.dataGiB === null ? "" : `, ${count(line.dataGiB)} GiB`;
                return `${count(line.count)} × ${azureTypeOf(line).replace("Standard_", "")}${disk}`;
            }),
        ]),
        [
            "PostgreSQL (flexible server)",
            ...each(({ postgresql: [found] }) =>
                found === undefined ? none : flexibleTypeOf(found).replace("Standard_", ""),
            ),
        ],
        [
            "Redis, the queue (Azure Managed Redis)",
            ...each(({ redisBroker }) => (redisBroker === null ? none : redisSkuOf(redisBroker))),
        ],
    ]);
}

/** What is otherwise on Azure, of docs/commcare.md. */
export function azureDocument(): string[] {
    return [
        "## On Azure",
        "",
        "commcare-cloud has no word for Azure: machines are any machines to it, and what differs stands in the",
        "environment that Steward writes. The sizes are of the fifth generation, whose disks are on SCSI: Ubuntu 22.04",
        "has a link for each (`/dev/disk/azure/scsi1/lun0`), and from the sixth on other names.",
        "",
        ...planTable(),
        "",
        "- **The cache runs on a machine.** Azure Managed Redis listens on port 10000 with TLS and a key; commcare-cloud",
        "  tells Formplayer of no port and CommCare HQ's cache of no TLS. The queue of tasks may stand there: `BROKER_URL`",
        "  says port, TLS and key, and the database has no shards, which celery's commands over several keys need. Azure makes",
        "  none without shards larger: its size is that of the first day, and whoever answers for it hears when it fills.",
        "- **Attachments lie in the shared directory**, because Azure's object storage does not speak S3, the one language",
        "  that CommCare HQ has for it. The share is sized for them, and has daily snapshots; the machine of HQ's commands",
        "  copies it every night into an account that is kept in a second region too (`copy-shared-directory`, by rclone that it",
        "  builds at its first start), and whoever answers for copies hears of two days without one. `steward:azure.machines.blobStore`",
        "  names a store that speaks S3, where there is one. Snapshots of the search index go nowhere; its disks are copied.",
        "- **Or in a store on a machine of its own** (`steward:commcare.blobs: object-store`): versitygw, which keeps each object",
        "  as a file on the machine's disk, so that a copy of the disk is read without it. commcare-cloud knows no store: the",
        "  machine builds this one at its first start, as the version that was tried and with its sum, and mounts its disk;",
        "  `install-object-store <version> <sum>` there brings a newer one. The disk is sealed, protected and copied every day;",
        "  there is one machine, and while it is down forms with attachments wait. Garage and SeaweedFS keep objects in a form",
        "  of their own and are at their best on three machines; Ceph takes three at the least; MinIO is not published any",
        "  more. HQ's calls of it (put in parts, get, copy, list, delete) were tried with boto3 1.44 against versitygw 1.8.0.",
        "- **Copies**: a machine that keeps data is copied whole every day into a vault that gives none up before its time,",
        "  until somebody lifts that (`immutabilitySettings`). The daily copies of its disk alone are snapshots: whoever may",
        "  write in the group of backups can delete them, and the vault that makes them neither holds them nor brings them back.",
        "- **PostgreSQL 14** is what commcare-cloud installs and what a flexible server is made as. Azure mends it until",
        '  2026-12-11, from then on at a price, and makes none anew: `plan: { postgresql: { pgmain: { version: "16" } } }` names',
        "  another (commcare-cloud only connects to it); on a server that stands Azure upgrades in place, and never back.",
        "- **The certificate is somebody else's**: `steward:azure.machines.certificate` names its secret in a key vault,",
        "  without a version; the gateway may read it and takes a renewed one by itself. Between the gateway and nginx",
        "  stands a certificate that the stack makes, which machines find at their first start: a new one (it has ten",
        "  years) reaches nginx by hand.",
        "- **Bodies**: on the paths of forms, files and applications a request that sends one, and is plain in all else (path,",
        "  query, what its client says of itself), is let through by our own rule and meets none of Microsoft's; one that is",
        "  not plain meets all of them. On AWS it is only the body that is not looked at.",
        "- **Secrets** that Azure made (`ask` in the vault's template) are in the cluster's key vault, which the control",
        "  machine may read: `az login --identity`, then `az keyvault secret show`.",
        "",
    ];
}
