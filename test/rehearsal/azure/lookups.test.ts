import { parse } from "yaml";
import { anySubscription, anyTenant } from "../../../rehearsal/azure/account";
import { shown } from "../../../rehearsal/provider/look";
import type { Props } from "../../../rehearsal/provider/values";
import { connectionOf } from "../../../rehearsal/kubernetes/kubeconfig";
import { group, refusal, TestSubscription } from "./account";
import { acceptedInputs, subscriptionBefore } from "./whole-subscription";

const credentials = (who: string): string =>
    `azure-native:containerservice:listManagedCluster${who}Credentials`;
const cluster = { resourceGroupName: group, resourceName: "geolab" };
const keys = "azure-native:storage:listStorageAccountKeys";
const account = { resourceGroupName: group, accountName: "geolabhomes0a1b2c" };

it("refuses a look-up that is not rehearsed", () => {
    expect(refusal(() => new TestSubscription().invoke("azure-native:web:getWebApp", {}))).toBe(
        "NotRehearsed: the rehearsal answers no azure-native:web:getWebApp; add it to rehearsal/azure/lookups.ts",
    );
});

it("says who asks, in which subscription and tenant", () => {
    const token = "azure-native:authorization:getClientConfig";
    expect(new TestSubscription().invoke(token, {})).toMatchObject({
        subscriptionId: anySubscription,
        tenantId: anyTenant,
    });
    const own = new TestSubscription({ subscriptionId: "s", tenantId: "t" }).invoke(token, {});
    expect(own).toMatchObject({ subscriptionId: "s", tenantId: "t" });
});

describe("the kubeconfig of a cluster", () => {
    it("leads to its server and signs in with kubelogin", () => {
        const there = subscriptionBefore();
        const { kubeconfigs } = there.invoke(credentials("User"), cluster) as {
            kubeconfigs: Props[];
        };
        const text = Buffer.from(shown(kubeconfigs[0]?.["value"]), "base64").toString();
        const { fqdn } = there.first("azure-native:containerservice:ManagedCluster").outputs;
        expect(connectionOf({ kubeconfig: text })).toMatchObject({
            server: `https://${shown(fqdn)}:443`,
        });
        expect(parse(text)).toMatchObject({
            users: [{ user: { exec: { command: "kubelogin" } } }],
        });
    });

    it("has none for an administrator where there are no local accounts", () => {
        const there = subscriptionBefore();
        expect(refusal(() => there.invoke(credentials("Admin"), cluster))).toMatch(
            /^BadRequest: Getting static credential is not allowed/,
        );
    });

    it("is none of a cluster that is not there", () => {
        const there = TestSubscription.withGroup();
        expect(refusal(() => there.invoke(credentials("User"), cluster))).toMatch(
            /^ResourceNotFound: /,
        );
    });
});

describe("the keys of an account", () => {
    it("are the same whenever they are asked for", () => {
        const there = subscriptionBefore();
        expect(there.invoke(keys, account)).toEqual(there.invoke(keys, account));
        expect(there.invoke(keys, account)).toMatchObject({
            keys: [{ keyName: "key1" }, { keyName: "key2" }],
        });
    });

    it("are not told of an account that is not there", () => {
        const there = TestSubscription.withGroup();
        expect(refusal(() => there.invoke(keys, account))).toMatch(
            /^ResourceNotFound: there is no .*storageAccounts\//,
        );
    });

    it("are not told where the account takes none", () => {
        const type = "azure-native:storage:StorageAccount";
        const there = TestSubscription.withGroup();
        there.create(type, { ...acceptedInputs(type), allowSharedKeyAccess: false });
        expect(refusal(() => there.invoke(keys, account))).toMatch(
            /^KeyBasedAuthenticationNotPermitted: /,
        );
    });
});
