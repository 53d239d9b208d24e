import { anySubscription } from "../../../rehearsal/azure/account";
import { azureStandIn } from "../../../rehearsal/azure/stand-in";
import { Ledger } from "../../../rehearsal/provider/ledger";
import type { CloudObject, ResourceRequest } from "../../../rehearsal/provider/stand-in";
import type { Props } from "../../../rehearsal/provider/values";

export const region = "canadacentral";
export const group = "geolab-operations";
export const groupId = `/subscriptions/${anySubscription}/resourceGroups/${group}`;

/** A subscription of the stand-in, driven as the engine drives it: check, then create, update or delete. */
export class TestSubscription {
    readonly cloud = new Ledger();
    readonly config: Props;

    constructor(config: Props = { location: region }) {
        this.config = config;
    }

    /** One with a resource group in it. */
    static withGroup(): TestSubscription {
        const made = new TestSubscription();
        made.create("azure-native:resources:ResourceGroup", {
            resourceGroupName: group,
            location: region,
        });
        return made;
    }

    request(type: string, name: string, inputs: Props): ResourceRequest {
        const urn = `urn:pulumi:dev::steward::${type}::${name}`;
        return { urn, type, name, inputs, cloud: this.cloud, config: this.config };
    }

    /** What check says against the inputs. */
    problems(type: string, inputs: Props, name = "a"): readonly string[] {
        const { failures } = azureStandIn.check({
            ...this.request(type, name, inputs),
            old: undefined,
        });
        return failures.map(({ reason }) => reason);
    }

    checked(type: string, name: string, inputs: Props, old?: Props): Props {
        const checked = azureStandIn.check({ ...this.request(type, name, inputs), old });
        if (checked.failures.length > 0)
            throw new Error(checked.failures.map(({ reason }) => reason).join("\n"));
        return checked.inputs;
    }

    create(type: string, inputs: Props, name = "a"): CloudObject {
        const checked = this.checked(type, name, inputs);
        const asked = this.request(type, name, checked);
        const { id, outputs } = azureStandIn.create({ ...asked, preview: false });
        return this.keep({ type, id, urn: asked.urn, inputs: checked, outputs });
    }

    preview(type: string, inputs: Props, name = "a"): Props {
        const asked = this.request(type, name, this.checked(type, name, inputs));
        return azureStandIn.create({ ...asked, preview: true }).outputs;
    }

    update(old: CloudObject, inputs: Props): CloudObject {
        const name = old.urn.slice(old.urn.lastIndexOf(":") + 1);
        const checked = this.checked(old.type, name, inputs, old.inputs);
        const asked = this.request(old.type, name, checked);
        const { outputs } = azureStandIn.update({ ...asked, old, preview: false });
        return this.keep({ ...old, inputs: checked, outputs });
    }

    diff(old: CloudObject, inputs: Props) {
        const name = old.urn.slice(old.urn.lastIndexOf(":") + 1);
        const checked = this.checked(old.type, name, inputs, old.inputs);
        return azureStandIn.diff({ ...this.request(old.type, name, checked), old });
    }

    delete(old: CloudObject): void {
        const asked = { ...this.request(old.type, "a", old.inputs), old };
        azureStandIn.delete(asked);
        for (const each of azureStandIn.leaves?.(asked) ?? []) this.cloud.put(each);
        this.cloud.drop(old.type, old.id);
    }

    invoke(token: string, args: Props): Props {
        return azureStandIn.invoke(token, args, this.config, this.cloud);
    }

    keep(object: CloudObject): CloudObject {
        this.cloud.put(object);
        return object;
    }

    /** The first object of a type. */
    first(type: string): CloudObject {
        const [object] = this.cloud.all(type);
        if (object === undefined) throw new Error(`no ${type} in the subscription`);
        return object;
    }
}

/** The message of what is thrown, or undefined. */
export function refusal(act: () => unknown): string | undefined {
    try {
        act();
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}
