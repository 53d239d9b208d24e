import { reservedAccounts } from "../commcare/control-machine";
import type { Problem } from "../problem";
import type { CommcareSpec } from "../spec/commcare";
import type { VmsSpec } from "../spec/vms";

/**
 * Names that no operator of hosts can have: an operator who is given up is locked, and with them whatever else uses
 * the account.
 *
 * @param path Of the list in the stack file.
 */
export function checkOperators(
    path: string,
    operators: CommcareSpec["operators"],
    hosts: VmsSpec["hosts"],
): Problem[] {
    const fix = "choose another name";
    return operators.flatMap(({ name }, nth): Problem[] => {
        const say = (message: string) => [{ path: `${path}[${String(nth)}].name`, message, fix }];
        if (reservedAccounts.includes(name)) {
            return say(`${name} is an account that hosts have for something else`);
        }
        const [entered] = Object.keys(hosts).filter((host) => hosts[host]?.user === name);
        return entered === undefined
            ? []
            : say(`${name} is whom Steward comes in to ${entered} as`);
    });
}
