import type { AzureClusterSpec, OnlyAzure } from "../../../../components/model/spec";
import { Arm } from "../../../../stacks/commands/azure/arm";
import type { AzureCheck, AzureTarget } from "../../../../stacks/commands/doctor/azure/azure";
import type { ArmAnswer, ArmFront } from "../../../support/arm-front";
import { answered, startArmFront } from "../../../support/arm-front";
import { utoronto } from "../../../components/platforms/azure/utoronto";

export const caller = "0b9c6f5e-3a55-4f5c-9a49-2d1a0a0e4c11";

/** Answers by `METHOD path`, paths without the subscription. */
export type Answers = Readonly<Record<string, object>>;

/** A subscription that answers what a test says, and the stack of Toronto's first hub as its deployer sees it. */
export class Subscription {
    #front: ArmFront | undefined;

    constructor() {
        beforeAll(async () => {
            this.#front = await startArmFront();
        });
        beforeEach(() => {
            this.front.asked.length = 0;
            this.front.answer = () => undefined;
        });
        afterAll(() => this.front.stop());
    }

    get front(): ArmFront {
        if (this.#front === undefined) throw new Error("no subscription before the first test");
        return this.#front;
    }

    target<Spec extends OnlyAzure = AzureClusterSpec>(
        spec: Spec = utoronto() as Spec,
        groups: readonly string[] | undefined = [],
    ): AzureTarget<Spec> {
        const arm = new Arm(spec.platform.azure.subscriptionId, "a-token", this.front.url);
        return { env: {}, offline: false, spec, caller: { arm, objectId: caller, groups } };
    }

    /** Lets the subscription answer: bodies of 200, or answers of another status. */
    says(answers: Answers, { platform }: OnlyAzure = utoronto()): void {
        const { subscriptionId } = platform.azure;
        this.front.answer = ({ method, path }) => {
            const inIt = path.replace(`/subscriptions/${subscriptionId}`, "");
            const found = answers[`${method} ${inIt}`];
            if (found === undefined) return undefined;
            return "status" in found && "body" in found ? (found as ArmAnswer) : answered(found);
        };
    }

    /** What a check finds: id, status and message of each. */
    async rows<Spec extends OnlyAzure>(check: AzureCheck<Spec>, target: AzureTarget<Spec>) {
        const found = await check.run(target);
        return found.map(({ id, status, message }) => [id, status, message]);
    }
}

/** The tags of Toronto's stack, and of somebody else's. */
export const ours = { cluster: "utoronto", "managed-by": "steward" };
export const theirs = { cluster: "another", "managed-by": "steward" };
