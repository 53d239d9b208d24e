import { shown } from "../../../rehearsal/aws/look";
import { awsTypes } from "../../../rehearsal/aws/types";
import { refusal } from "./account";
import { accountBefore, acceptedInputs, types } from "./whole-account";

/** What is deleted, what still refers to it, by which argument, AWS's word for it. */
const held: readonly (readonly [string, string, string, string])[] = [
    [types.vpc, types.subnet, "vpcId", "DependencyViolation"],
    [types.vpc, types.gateway, "vpcId", "DependencyViolation"],
    [types.vpc, types.table, "vpcId", "DependencyViolation"],
    [types.vpc, types.group, "vpcId", "DependencyViolation"],
    [types.vpc, types.endpoint, "vpcId", "DependencyViolation"],
    [types.subnet, types.nat, "subnetId", "DependencyViolation"],
    [types.subnet, types.endpoint, "subnetIds", "DependencyViolation"],
    [types.subnet, types.cluster, "vpcConfig.subnetIds", "DependencyViolation"],
    [types.subnet, types.nodes, "subnetIds", "DependencyViolation"],
    [types.subnet, types.mount, "subnetId", "DependencyViolation"],
    [types.subnet, types.balancer, "subnets", "DependencyViolation"],
    [types.group, types.balancer, "securityGroups", "DependencyViolation"],
    [types.vpc, types.targets, "vpcId", "DependencyViolation"],
    [types.targets, types.listener, "defaultActions.targetGroupArn", "ResourceInUse"],
    [types.address, types.nat, "allocationId", "InvalidIPAddress.InUse"],
    [types.table, types.association, "routeTableId", "DependencyViolation"],
    [types.group, types.group, "ingress.securityGroups", "DependencyViolation"],
    [types.group, types.group, "egress.securityGroups", "DependencyViolation"],
    [types.group, types.ingress, "referencedSecurityGroupId", "DependencyViolation"],
    [types.group, types.egress, "referencedSecurityGroupId", "DependencyViolation"],
    [types.group, types.oldRule, "sourceSecurityGroupId", "DependencyViolation"],
    [types.group, types.endpoint, "securityGroupIds", "DependencyViolation"],
    [types.group, types.cluster, "vpcConfig.securityGroupIds", "DependencyViolation"],
    [types.group, types.mount, "securityGroups", "DependencyViolation"],
    [types.group, types.database, "vpcSecurityGroupIds", "DependencyViolation"],
    [types.subnet, types.databaseSubnets, "subnetIds", "DependencyViolation"],
    [types.cluster, types.nodes, "clusterName", "ResourceInUseException"],
    [types.policy, types.attachment, "policyArn", "DeleteConflict"],
    [types.policy, types.role, "managedPolicyArns", "DeleteConflict"],
    [types.rule, types.target, "rule", "ValidationException"],
    [types.plan, types.selection, "planId", "InvalidRequestException"],
    [
        types.restorePlan,
        types.restoreSelection,
        "restoreTestingPlanName",
        "InvalidRequestException",
    ],
    [types.fileSystem, types.mount, "fileSystemId", "FileSystemInUse"],
    [types.databaseSubnets, types.database, "dbSubnetGroupName", "InvalidDBSubnetGroupStateFault"],
    [types.parameters, types.database, "parameterGroupName", "InvalidDBParameterGroupState"],
    [types.subnet, types.instance, "subnetId", "DependencyViolation"],
    [types.group, types.instance, "vpcSecurityGroupIds", "DependencyViolation"],
    [types.subnet, types.bastion, "subnetId", "DependencyViolation"],
    [types.group, types.bastion, "securityGroupIds", "DependencyViolation"],
    [types.volume, types.diskOfMachine, "volumeId", "VolumeInUse"],
    [types.subnet, types.cacheSubnets, "subnetIds", "DependencyViolation"],
    [types.cacheSubnets, types.cache, "subnetGroupName", "CacheSubnetGroupInUse"],
    [types.cacheParameters, types.cache, "parameterGroupName", "InvalidCacheParameterGroupState"],
    [types.group, types.cache, "securityGroupIds", "DependencyViolation"],
    [types.certificate, types.listener, "certificateArn", "ResourceInUseException"],
    [types.acl, types.aclOfBalancer, "webAclArn", "WAFAssociatedItemException"],
    [types.baseline, types.patchGroup, "baselineId", "ResourceInUseException"],
    [types.command, types.upkeep, "name", "AssociatedInstances"],
];

it("keeps a load balancer that is protected in AWS itself", () => {
    const account = accountBefore(types.balancer);
    const inputs = { ...acceptedInputs(types.balancer, account), enableDeletionProtection: true };
    const kept = account.create(types.balancer, inputs, "kept");

    expect(
        refusal(() => {
            account.delete(kept);
        }),
    ).toMatch(/^OperationNotPermitted: /);
});

it("lists every argument that holds what it names", () => {
    const declared = Object.entries(awsTypes).flatMap(([type, { references = [] }]) =>
        references.filter(({ holds }) => holds).map(({ path }) => `${type} ${path}`),
    );
    const listed = new Set(held.map(([, type, path]) => `${type} ${path}`));
    expect([...listed].sort()).toEqual([...new Set(declared)].sort());
});

it.each(held)("does not delete %s while %s refers to it by %s: %s", (type, by, path, code) => {
    const account = accountBefore();
    const target = account.first(type);
    const holder = account.first(by);
    const byArn = ["policyArn", "webAclArn"].includes(path);
    const value = byArn ? target.outputs["arn"] : target.id;
    // Only this one holder stands; it names the target by this one argument.
    for (const each of account.cloud.all()) {
        if (each !== target) account.cloud.drop(each.type, each.id);
    }
    const named = shown(path === "managedPolicyArns" ? target.outputs["arn"] : value);
    const outputs = path
        .split(".")
        .reverse()
        .reduce<unknown>((inner, key) => ({ [key]: inner }), named) as typeof holder.outputs;
    account.keep({ ...holder, id: "holder", outputs });

    expect(
        refusal(() => {
            account.delete(target);
        }),
    ).toMatch(new RegExp(`^${code}: .* cannot be deleted: .* holder refers to it \\(${path}\\)`));
    account.cloud.drop(by, "holder");
    expect(
        refusal(() => {
            account.delete(target);
        }),
    ).toBeUndefined();
});

it("deletes everything in the opposite order", () => {
    const account = accountBefore();
    const byAge = [...account.cloud.all()].reverse();
    const refused = byAge.map((object) => [
        object.type,
        refusal(() => {
            account.delete(object);
        }),
    ]);
    expect(refused.filter(([, message]) => message !== undefined)).toEqual([]);
});

it("does not detach an internet gateway while a NAT gateway is mapped through it", () => {
    const account = accountBefore(types.table);
    const gateway = account.first(types.gateway);
    expect(
        refusal(() => {
            account.delete(gateway);
        }),
    ).toContain("some mapped public addresses");
    account.delete(account.first(types.nat));
    expect(
        refusal(() => {
            account.delete(gateway);
        }),
    ).toBeUndefined();
});

it("does not delete a role with policies, unless it detaches them itself", () => {
    const account = accountBefore(types.profile);
    const role = account.first(types.role);
    const message = () =>
        refusal(() => {
            account.delete(role);
        });
    expect(message()).toMatch(
        /^DeleteConflict: .* must detach all policies first: everyone:inline$/,
    );
    account.delete(account.first(types.rolePolicy));
    expect(message()).toMatch(/^DeleteConflict: .*: everyone\/arn:aws:iam/);
    const own = account.update(role, { ...role.inputs, forceDetachPolicies: true });
    expect(
        refusal(() => {
            account.delete(own);
        }),
    ).toBeUndefined();
});

it("does not delete a volume that a persistent volume is on", () => {
    const account = accountBefore(types.fileSystem);
    const volume = account.first(types.volume);
    const type = "kubernetes:core/v1:PersistentVolume";
    const outputs = { spec: { csi: { volumeHandle: volume.id } } };
    account.keep({ type, id: "home", urn: "urn", inputs: {}, outputs });
    expect(
        refusal(() => {
            account.delete(volume);
        }),
    ).toMatch(/^VolumeInUse: .* home is on it/);
});

it.each([
    [types.cluster, { deletionProtection: true }, "deletion protection"],
    [types.logs, { deletionProtectionEnabled: true }, "deletion protection"],
    [types.bucket, { objects: 3 }, "BucketNotEmpty"],
    [types.vault, { recoveryPoints: 2 }, "contains recovery points: 2"],
])("does not delete a protected %s: %j", (type, protection, says) => {
    const account = accountBefore(type);
    const object = account.create(type, acceptedInputs(type, account));
    const full = account.keep({ ...object, outputs: { ...object.outputs, ...protection } });
    expect(
        refusal(() => {
            account.delete(full);
        }),
    ).toContain(says);
    if (type === types.bucket || type === types.vault) {
        const outputs = { ...full.outputs, forceDestroy: true };
        expect(
            refusal(() => {
                account.delete({ ...full, outputs });
            }),
        ).toBeUndefined();
    } else {
        expect(
            refusal(() => {
                account.delete(object);
            }),
        ).toBeUndefined();
    }
});

it("does not delete a database that is protected, or without a last snapshot or leave to go without", () => {
    const account = accountBefore();
    const database = account.first(types.database);
    const message = (more: Record<string, unknown>) =>
        refusal(() => {
            const outputs = { ...database.outputs, ...more } as typeof database.outputs;
            account.delete(account.keep({ ...database, outputs }));
        });
    expect(message({ deletionProtection: true })).toContain(
        "Cannot delete protected DB Instance hub",
    );
    expect(message({ finalSnapshotIdentifier: null })).toMatch(
        /^InvalidParameterCombination: finalSnapshotIdentifier is required/,
    );
    expect(message({ finalSnapshotIdentifier: null, skipFinalSnapshot: true })).toBeUndefined();
    account.keep(database);
    expect(message({})).toBeUndefined();
});

it.each([
    [types.database, "DBSnapshotAlreadyExists"],
    [types.cache, "SnapshotAlreadyExistsFault"],
])("takes no second last snapshot of one name when it deletes %s: %s", (type, code) => {
    const account = accountBefore();
    const { inputs } = account.first(type);
    const deleted = (finalSnapshotIdentifier: string) => {
        account.cloud.drop(type, account.first(type).id);
        const made = account.create(type, { ...inputs, finalSnapshotIdentifier });
        return refusal(() => {
            account.delete(made);
        });
    };
    expect(deleted("hub-final-1")).toBeUndefined();
    account.create(type, inputs);
    expect(deleted("hub-final-1")).toMatch(new RegExp(`^${code}: .* hub-final-1 already`));
    expect(deleted("hub-final-2")).toBeUndefined();
});

it("does not delete a repository with images, unless forceDelete is set", () => {
    const account = accountBefore();
    account.delete(account.first(types.repositoryPolicy));
    const repository = account.first(types.repository);
    const message = (more: Record<string, unknown>) =>
        refusal(() => {
            const outputs = { ...repository.outputs, ...more } as typeof repository.outputs;
            account.delete({ ...repository, outputs });
        });
    expect(message({ images: 2 })).toMatch(/^RepositoryNotEmptyException: .* images: 2/);
    expect(message({ images: 2, forceDelete: true })).toBeUndefined();
});

it("does not delete a zone with records, unless forceDestroy is set", () => {
    const account = accountBefore(types.detector);
    const zone = account.first(types.zone);
    expect(
        refusal(() => {
            account.delete(zone);
        }),
    ).toMatch(/^HostedZoneNotEmpty: /);
    const forced = account.update(zone, { ...zone.inputs, forceDestroy: true });
    expect(
        refusal(() => {
            account.delete(forced);
        }),
    ).toBeUndefined();
});
