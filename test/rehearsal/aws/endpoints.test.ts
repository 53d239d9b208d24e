import { refusal } from "./account";
import { accountBefore, types } from "./whole-account";

/** An account with the network of the whole account, its endpoint with names of its own, and a second subnet. */
function network() {
    const account = accountBefore();
    const endpoint = account.first(types.endpoint);
    const vpc = account.first(types.vpc);
    const dns = { ...vpc.inputs, enableDnsSupport: true, enableDnsHostnames: true };
    account.update(vpc, dns);
    return { account, vpc, endpoint, named: { ...endpoint.inputs, privateDnsEnabled: true } };
}

it("takes names of its own for an endpoint where the network has DNS, and once for each service", () => {
    const { account, endpoint, named } = network();
    account.update(endpoint, named);
    expect(refusal(() => account.create(types.endpoint, named, "second"))).toMatch(
        /^InvalidParameter: privateDnsEnabled: .* conflicting DNS domain for com\.amazonaws\.us-east-2\.ecr\.api in vpc-/,
    );
    const other = { ...named, serviceName: "com.amazonaws.us-east-2.sts" };
    expect(refusal(() => account.create(types.endpoint, other, "other"))).toBeUndefined();
});

it.each(["enableDnsSupport", "enableDnsHostnames"])("takes no names without %s", (property) => {
    const { account, vpc, endpoint, named } = network();
    const dns = { ...vpc.inputs, enableDnsSupport: true, enableDnsHostnames: true };
    account.update(vpc, { ...dns, [property]: false });
    expect(refusal(() => account.update(endpoint, named))).toMatch(
        new RegExp(`^InvalidParameter: privateDnsEnabled: .*; set ${property}$`),
    );
});

it("takes one subnet a zone", () => {
    const { account, vpc, endpoint } = network();
    const subnet = account.create(
        types.subnet,
        { vpcId: vpc.id, cidrBlock: "10.0.77.0/24", availabilityZone: "us-east-2a" },
        "same-zone",
    );
    const twice = [account.text(types.subnet), subnet.id];
    expect(
        refusal(() => account.update(endpoint, { ...endpoint.inputs, subnetIds: twice })),
    ).toMatch(/^DuplicateSubnetsInSameZone: subnetIds: .* us-east-2a/);
});

it("takes one route to a service a table", () => {
    const { account, vpc } = network();
    const gateway = {
        vpcId: vpc.id,
        serviceName: "com.amazonaws.us-east-2.s3",
        vpcEndpointType: "Gateway",
        routeTableIds: [account.text(types.table)],
    };
    account.create(types.endpoint, gateway, "s3");
    expect(refusal(() => account.create(types.endpoint, gateway, "again"))).toMatch(
        /^RouteAlreadyExists: routeTableIds: route table rtb-\w+ already has a route/,
    );
});
