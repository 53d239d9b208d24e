import type { MatrixInput } from "../../components/model/assign";
import { assignOwners } from "../../components/model/assign";
import type { Matrix } from "../../components/model/matrix";

/** What a stack file with one hub, every layer owned, comes to; `over` replaces parts. */
export function hubInput(over: Partial<MatrixInput> = {}): MatrixInput {
    return {
        cluster: "geolab",
        workload: "jupyterhub",
        platform: "aws",
        environment: "production",
        parties: {
            operators: { name: "Operators", contact: "support@operators.org" },
            community: { name: "Community", contact: "hub@community.org" },
        },
        roles: {
            "site-reliability-engineer": "operators",
            "community-guide": "operators",
            "hub-administrator": "community",
            "community-representative": "community",
        },
        layers: {
            "domain-software": { party: "community" },
            "interactive-software": { party: "operators" },
            "open-source": { party: "operators" },
        },
        hubs: [{ name: "prod" }],
        exemptions: [],
        ...over,
    };
}

export function hubMatrix(over: Partial<MatrixInput> = {}): Matrix {
    return assignOwners(hubInput(over));
}
