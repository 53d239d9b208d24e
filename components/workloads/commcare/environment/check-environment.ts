import type { Problem } from "../../../model/problem";
import type { Environment } from "./environment";
import { inventoryRules } from "./rules/inventory";
import { postgresqlRules } from "./rules/postgresql";
import { processRules } from "./rules/processes";
import type { EnvironmentRule } from "./rules/rule";
import { settingRules } from "./rules/settings";

/**
 * What an environment of commcare-cloud has to keep: the rules of its loader, and what that lets pass.
 *
 * @see https://github.com/dimagi/commcare-cloud/tree/master/src/commcare_cloud/environment
 */
export const environmentRules: readonly EnvironmentRule[] = [
    ...settingRules,
    ...inventoryRules,
    ...processRules,
    ...postgresqlRules,
];

/** Everything wrong with an environment, before a file of it is written. */
export function checkEnvironment(environment: Environment): Problem[] {
    return environmentRules.flatMap((rule) => rule.check(environment));
}
