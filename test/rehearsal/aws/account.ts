import { awsStandIn } from "../../../rehearsal/aws/stand-in";
import { shown, valuesAt } from "../../../rehearsal/aws/look";
import { Ledger } from "../../../rehearsal/provider/ledger";
import type { CloudObject, ResourceRequest } from "../../../rehearsal/provider/stand-in";
import type { Props, Value } from "../../../rehearsal/provider/values";
import { isProps } from "../../../rehearsal/provider/values";

export const region = "us-east-2";

/** An account of the stand-in, driven as the engine drives it: check, then create, update or delete. */
export class TestAccount {
    readonly cloud = new Ledger();

    request(type: string, name: string, inputs: Props): ResourceRequest {
        const urn = `urn:pulumi:dev::steward::${type}::${name}`;
        return { urn, type, name, inputs, cloud: this.cloud, config: { region } };
    }

    /** What check says against the inputs. */
    problems(type: string, inputs: Props, name = "a"): readonly string[] {
        const { failures } = awsStandIn.check({
            ...this.request(type, name, inputs),
            old: undefined,
        });
        return failures.map(({ reason }) => reason);
    }

    checked(type: string, name: string, inputs: Props, old?: Props): Props {
        const checked = awsStandIn.check({ ...this.request(type, name, inputs), old });
        if (checked.failures.length > 0)
            throw new Error(checked.failures.map(({ reason }) => reason).join("\n"));
        return checked.inputs;
    }

    create(type: string, inputs: Props, name = "a"): CloudObject {
        const checked = this.checked(type, name, inputs);
        const asked = this.request(type, name, checked);
        const { id, outputs } = awsStandIn.create({ ...asked, preview: false });
        return this.keep({ type, id, urn: asked.urn, inputs: checked, outputs });
    }

    preview(type: string, inputs: Props, name = "a"): Props {
        const asked = this.request(type, name, this.checked(type, name, inputs));
        return awsStandIn.create({ ...asked, preview: true }).outputs;
    }

    update(old: CloudObject, inputs: Props): CloudObject {
        const name = old.urn.slice(old.urn.lastIndexOf(":") + 1);
        const checked = this.checked(old.type, name, inputs, old.inputs);
        const asked = this.request(old.type, name, checked);
        const { outputs } = awsStandIn.update({ ...asked, old, preview: false });
        return this.keep({ ...old, inputs: checked, outputs });
    }

    diff(old: CloudObject, inputs: Props) {
        const name = old.urn.slice(old.urn.lastIndexOf(":") + 1);
        const checked = this.checked(old.type, name, inputs, old.inputs);
        return awsStandIn.diff({ ...this.request(old.type, name, checked), old });
    }

    delete(old: CloudObject): void {
        const asked = { ...this.request(old.type, "a", old.inputs), old };
        awsStandIn.delete(asked);
        for (const each of awsStandIn.leaves?.(asked) ?? []) this.cloud.put(each);
        this.cloud.drop(old.type, old.id);
    }

    invoke(token: string, args: Props): Props {
        return awsStandIn.invoke(token, args, { region }, this.cloud);
    }

    keep(object: CloudObject): CloudObject {
        this.cloud.put(object);
        return object;
    }

    /** The first object of a type. */
    first(type: string): CloudObject {
        const [object] = this.cloud.all(type);
        if (object === undefined) throw new Error(`no ${type} in the account`);
        return object;
    }

    /** A text of the first object's outputs; `id` is its id. */
    text(type: string, path = "id"): string {
        const object = this.first(type);
        return path === "id" ? object.id : shown(valuesAt(object.outputs, path)[0]);
    }
}

/** The inputs with another value at a dotted path, in the first element of lists on the way; undefined removes. */
export function withAt(inputs: Props, path: string, value: Value | undefined): Props {
    const [key = "", ...rest] = path.split(".");
    if (rest.length === 0) {
        const now = inputs[key];
        const kept = Array.isArray(now) && typeof value === "string" ? [value] : value;
        const others = Object.entries(inputs).filter(([each]) => each !== key);
        return { ...Object.fromEntries(others), ...(kept === undefined ? {} : { [key]: kept }) };
    }
    const inner = inputs[key];
    const block = Array.isArray(inner) ? inner[0] : inner;
    const changed = withAt(isProps(block) ? block : {}, rest.join("."), value);
    return { ...inputs, [key]: Array.isArray(inner) ? [changed, ...inner.slice(1)] : changed };
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
