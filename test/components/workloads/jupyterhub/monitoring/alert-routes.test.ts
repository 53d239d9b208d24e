import type { Owner } from "../../../../../components/model/matrix";
import { lifeSign } from "../../../../../components/model/alert-rule";
import { dueTopics } from "../../../../../components/platforms/topics";
import { alertRoutes } from "../../../../../components/alert-routes";
import {
    alertRules,
    silences,
} from "../../../../../components/workloads/jupyterhub/monitoring/alert-rules";
import { platforms, watchedSpec } from "./watched";

const spec = watchedSpec();
const fallback = { role: "site-reliability-engineer", party: "2i2c" };
const settingsOf = (name: string) => ({ sns_configs: [{ topic_arn: name }] });

function routesOf(from = spec, to: Pick<Owner, "role" | "party"> = fallback) {
    return alertRoutes({
        templates: "/etc/alertmanager/*.tmpl",
        silences,
        within: ["scope"],
        receivers: dueTopics(from.matrix).map(({ role, party, suffix }) => ({
            role,
            party,
            settings: settingsOf(suffix),
        })),
        lifeSign: settingsOf("life-sign"),
        fallback: to,
    });
}

type Labels = Readonly<Record<string, string>>;

/** Alertmanager's matching, as far as it is used here: the first route all of whose matchers hold, else the root. */
function receiverOf({ route }: ReturnType<typeof routesOf>, labels: Labels): string {
    const holds = (matcher: string) => {
        const [, name = "", value = ""] = /^(\w+)="([^"]*)"$/.exec(matcher) ?? [];
        if (name === "") throw new Error(`${matcher} is of no form that this test knows`);
        return labels[name] === value;
    };
    const found = route.routes.find(({ matchers }) => matchers.every(holds));
    return (found ?? route).receiver;
}

const all = alertRules(spec, platforms.aws).flatMap(({ rules }) =>
    rules.map(({ alert, labels }): Labels => ({ alertname: alert, ...labels })),
);

describe("the routes of three hubs", () => {
    it("lead each rule to the topic of the role and party on it", () => {
        const routes = routesOf();
        const led = all.map((labels) => [labels["alertname"], receiverOf(routes, labels)]);
        expect(led).toEqual(
            all.map(({ alertname, owner_role: role = "", owner_party: party = "" }) => [
                alertname,
                alertname === lifeSign.alert ? lifeSign.alert : `${role} ${party}`,
            ]),
        );
        expect(new Set(led.map(([, receiver]) => receiver))).toEqual(
            new Set([
                lifeSign.alert,
                "site-reliability-engineer 2i2c",
                "site-reliability-engineer unavco",
            ]),
        );
    });

    it("follow a layer that is given to somebody else", () => {
        const handed = watchedSpec((config) => {
            const layers = config["layers"] as Record<string, unknown>;
            layers["home-storage"] = { role: "hub-administrator" };
        });
        const full = alertRules(handed, platforms.aws)
            .flatMap(({ rules }) => rules)
            .find(({ alert }) => alert === "HomesFull");
        expect(receiverOf(routesOf(handed), { alertname: "HomesFull", ...full?.labels })).toBe(
            "hub-administrator earthscope",
        );
    });

    it("lead what nobody owns to whoever answers for the monitoring", () => {
        const routes = routesOf(spec, { role: "hub-administrator", party: "earthscope" });
        expect(receiverOf(routes, { alertname: "Strange" })).toBe("hub-administrator earthscope");
        const unknown = { alertname: "Strange", owner_role: "nobody", owner_party: "2i2c" };
        expect(receiverOf(routes, unknown)).toBe("hub-administrator earthscope");
    });

    it("name receivers that are there, each once and with the topic of its owner", () => {
        const { route, receivers } = routesOf();
        const names = receivers.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        const used = [route.receiver, ...route.routes.map(({ receiver }) => receiver)];
        expect(used.filter((name) => !names.includes(name))).toEqual([]);
        expect(receivers.find(({ name }) => name === "site-reliability-engineer unavco")).toEqual({
            name: "site-reliability-engineer unavco",
            ...settingsOf("site-reliability-engineer-unavco"),
        });
    });

    it("send a sign of life at every interval: less must have passed than between two of them", () => {
        const sign = routesOf().route.routes[0];
        expect(sign).toEqual({
            receiver: lifeSign.alert,
            matchers: [`alertname="${lifeSign.alert}"`],
            group_wait: "0s",
            group_interval: "5m",
            repeat_interval: "4m",
        });
    });

    it("silence within one hub only, and only alerts that there are", () => {
        const names = new Set(all.map(({ alertname }) => alertname));
        for (const { source_matchers, target_matchers, equal } of routesOf().inhibit_rules) {
            expect(equal).toEqual(["scope"]);
            const said = [...source_matchers, ...target_matchers].flatMap((matcher) =>
                (/"(.*)"/.exec(matcher)?.[1] ?? "").split("|"),
            );
            expect(said.filter((name) => !names.has(name))).toEqual([]);
        }
    });
});
