import { handOver } from "./hand-over";
import { azureDocument } from "./azure-document";
import type { MachinePlan } from "./plan";
import { planTable, sourceTable } from "./plan-table";
import { flowTable, frameworkTable, serviceTable } from "./service-table";
import type { Original } from "./transcription";
import { differenceTable } from "./transcription";

/**
 * docs/commcare.md, which `node scripts/write-commcare.mjs` writes.
 *
 * @param transcribed The plan of the stack `commcare-aws-eu`.
 */
export function commcareDocument(transcribed: MachinePlan, original: Original): string {
    return [
        "# CommCare",
        "",
        "Written by `node scripts/write-commcare.mjs` from `components/model/commcare/`; a test keeps it true.",
        "",
        "Steward works out what a CommCare needs from the number of its users, and hands it to",
        "[commcare-cloud](https://github.com/dimagi/commcare-cloud), whose Ansible installs it. On AWS `up` builds the",
        "network, the machines, the databases and what watches and patches them; a rehearsal shows all of it first.",
        "",
        "## How large it must be",
        "",
        "Machines, databases and disks on AWS with `availability: standard`, at the figures below; no prices, which",
        "change. A stack file overrides any line with `steward:commcare.plan`.",
        "",
        ...planTable("standard"),
        "",
        "With `availability: single` there is one of each, as in the documented configurations:",
        "",
        ...planTable("single"),
        "",
        "- Fewer than 1,500 users, fewer than 3,500 and up to 15,000 are the three configurations that commcare-cloud",
        "  [documents](https://commcare-cloud.readthedocs.io/en/latest/prereqs/5-requirements.html); from there on, and",
        "  with `availability: high`, each service has machines of its own. A load that sends more forms, has more cases",
        "  or more users in web apps counts as so many users more.",
        "- Where there is more than one machine of a kind, the others carry the load when one is lost.",
        "- More users never give fewer machines, vCPUs or memory. Disks of the two smallest layouts are as large as",
        "  documented, which is more than the next layout starts with.",
        "- From one layout to the next services move to other machines: their data moves by hand. Name the lines of",
        "  today in `plan` to stay.",
        "- Against the models of Dimagi's for 20,000 and 40,000 users each service has as many machines, give or take two.",
        "",
        "### Where the numbers come from",
        "",
        ...sourceTable(),
        "",
        "## Who may connect to whom",
        "",
        "Whatever is not here stays closed. `ssh` is each machine. `public` reaches the proxies themselves only where",
        "the platform has no load balancer for them.",
        "",
        ...flowTable(),
        "",
        "## The services",
        "",
        "RabbitMQ and RiakCS have left CommCare HQ. RabbitMQ can still be asked for on a machine of its own, which",
        "commcare-cloud does not install any more; object storage has taken the place of RiakCS.",
        "",
        ...serviceTable(),
        "",
        "## The frameworks",
        "",
        ...frameworkTable(),
        "",
        "## From `up` to a page to sign in to",
        "",
        ...handOver(),
        "",
        ...azureDocument(),
        "## A cluster that runs today",
        "",
        `The stack \`commcare-aws-eu\` transcribes [a published environment](${original.source}): its 27 machines, database,`,
        "Redis groups, file system and inner load balancers, with their types, zones and disks. Domain, account and people",
        "are examples. What differs:",
        "",
        ...differenceTable(transcribed, original),
        "",
    ].join("\n");
}
