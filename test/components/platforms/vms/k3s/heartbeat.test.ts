import { textIn } from "../vms";
import { builtCampus, campus, specOf } from "./cluster";

jest.setTimeout(60_000); // two whole stacks, with the SDK of Kubernetes

const url = "https://beats.example.org/1";

/** Where the monitoring's sign of life goes, and which resources know the address. */
async function signOfLife(k3s: Record<string, unknown>) {
    const { built } = await builtCampus(specOf(campus({}, k3s)));
    const config = built
        .map(({ inputs }) => textIn(inputs["data"] as typeof inputs, "alertmanager.yml"))
        .find((text) => text !== "");
    const { receivers } = JSON.parse(config ?? "{}") as { receivers: Receiver[] };
    const knowing = built.filter(({ inputs }) => JSON.stringify(inputs).includes(url));
    return {
        receiver: receivers.find(({ name }) => name === "LifeSign"),
        knowing: knowing.map(({ type, name, secrets }) => [type, name, secrets]),
    };
}

interface Receiver {
    readonly name: string;
}

it("goes to an address that the stack file's secrets have, and no configuration does", async () => {
    const { receiver, knowing } = await signOfLife({ heartbeat: true });
    const url_file = "/etc/alertmanager-secrets/heartbeat-url";
    expect(receiver).toEqual({
        name: "LifeSign",
        webhook_configs: [{ url_file, send_resolved: false }],
    });
    expect(knowing).toEqual([
        ["kubernetes:core/v1:Secret", "monitoring-alerts-receiver-secrets", ["stringData"]],
    ]);
});

it("goes nowhere where nobody asks for it", async () => {
    expect(await signOfLife({})).toEqual({ receiver: { name: "LifeSign" }, knowing: [] });
});
