import type * as aws from "./aws/foundation";
import type { BuildFoundation } from "./foundation";

/**
 * Each platform is loaded only when a stack asks for it: one cloud's SDK at a time. `require`, because an
 * `import()` in CommonJS is loaded by rules that neither ts-node nor jest follow for TypeScript.
 */
export const platforms = {
    aws: () => (require("./aws/foundation") as typeof aws).awsFoundation,
} satisfies Record<string, () => BuildFoundation>;
