import type { Check } from "./check";
import { accounts } from "./checks/accounts";
import { clock } from "./checks/clock";
import { disks } from "./checks/disks";
import { firewall } from "./checks/firewall";
import { kubernetes } from "./checks/kubernetes";
import { keptFiles } from "./checks/kept-files";
import { listeners } from "./checks/listeners";
import { metrics } from "./checks/metrics";
import { names } from "./checks/names";
import { ownerFile } from "./checks/owner-file";
import { ssh } from "./checks/ssh";
import { units } from "./checks/units";
import { updates } from "./checks/updates";

/** Everything that a host is asked, in the order of the report. */
export const checks: readonly Check[] = [
    ownerFile,
    keptFiles,
    ssh,
    clock,
    disks,
    accounts,
    names,
    firewall,
    listeners,
    updates,
    units,
    kubernetes,
    metrics,
];
