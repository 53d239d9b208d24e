import type * as kubernetes from "./aws/foundation";
import type * as machines from "./aws/machines/foundation";
import type { BuildFoundation } from "./foundation";
import type { BuildMachines } from "./machines-foundation";

/** What a platform can put below a workload. */
interface Platform {
    readonly kubernetes: () => BuildFoundation;
    readonly machines: () => BuildMachines;
}

/**
 * Each foundation is loaded only when a stack asks for it: one cloud's SDK at a time, and nothing of EKS for
 * machines. `require`, because an `import()` in CommonJS is loaded by rules that neither ts-node nor jest follow
 * for TypeScript.
 */
export const platforms = {
    aws: {
        kubernetes: () => (require("./aws/foundation") as typeof kubernetes).awsFoundation,
        machines: () => (require("./aws/machines/foundation") as typeof machines).awsMachines,
    },
} satisfies Record<string, Platform>;
