import * as ec2 from "@aws-sdk/client-ec2";
import * as classic from "@aws-sdk/client-elastic-load-balancing";
import * as elb from "@aws-sdk/client-elastic-load-balancing-v2";
import { drain } from "../../../stacks/commands/destroy/drain";
import { look } from "../../../stacks/commands/destroy/look";
import type { Whereabouts } from "../../../stacks/commands/destroy/whereabouts";
import type { Answer, AwsFront } from "../../support/aws-front";
import { startAwsFront } from "../../support/aws-front";
import type { KubernetesFront } from "../../support/kubernetes-front";
import { startKubernetesFront } from "../../support/kubernetes-front";
import { hubMatrix } from "../../support/matrix";
import type { Moto } from "../../support/moto";
import { describeWithMoto, startMoto } from "../../support/moto";
import { tagsOf } from "../../support/stack";
import { account, keys, pointAwsAt, signIn } from "../doctor/example-target";

jest.setTimeout(60_000);

type Tags = Record<string, string>;
const list = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const ofService = (name: string, cluster = "geolab") => ({
    [`kubernetes.io/cluster/${cluster}`]: "owned",
    "kubernetes.io/service-name": `prod/${name}`,
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html
const refusal = (code: string): Answer => ({
    status: 403,
    headers: { "content-type": "text/xml" },
    body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});

describeWithMoto(
    "load balancers that no Service names, against moto and a Kubernetes API",
    (path) => {
        let moto: Moto;
        let front: AwsFront;
        let kubernetes: KubernetesFront;
        let where: Whereabouts;
        let subnets: string[];
        let network: ec2.EC2Client;
        let balancers: elb.ElasticLoadBalancingV2Client;
        let classics: classic.ElasticLoadBalancingClient;
        const cards = new Map<string, string>();

        beforeAll(async () => {
            moto = await startMoto(path);
            front = await startAwsFront(moto.url);
            kubernetes = await startKubernetesFront();
        }, 40_000);
        beforeEach(async () => {
            await moto.reset();
            pointAwsAt(front.url);
            signIn();
            const settings = { region: "us-east-2", credentials: keys, endpoint: moto.url };
            network = new ec2.EC2Client(settings);
            balancers = new elb.ElasticLoadBalancingV2Client(settings);
            classics = new classic.ElasticLoadBalancingClient(settings);
            const { Vpc } = await network.send(
                new ec2.CreateVpcCommand({ CidrBlock: "10.64.0.0/16" }),
            );
            const VpcId = Vpc?.VpcId ?? "";
            subnets = [];
            for (const [zone, CidrBlock] of [
                ["us-east-2a", "10.64.0.0/20"],
                ["us-east-2b", "10.64.16.0/20"],
            ] as const) {
                const made = await network.send(
                    new ec2.CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: zone }),
                );
                subnets.push(made.Subnet?.SubnetId ?? "");
            }
            where = {
                matrix: hubMatrix(),
                region: "us-east-2",
                accountId: account,
                vpcIds: [VpcId],
                made: new Set(),
                descriptions: new Set(),
                objects: new Set(),
                pushedBelow: [],
                hubGroups: [],
                kubeconfig: kubernetes.kubeconfig,
            };
            cards.clear();
            kubernetes.objects.clear();
            // AWS takes the interfaces of a load balancer away with it.
            front.answer = ({ operation, body }) => {
                if (operation === "DeleteLoadBalancer") void removeCards(decodeURIComponent(body));
                return undefined;
            };
        });
        afterAll(async () => {
            await Promise.all([front.stop(), kubernetes.stop()]);
            await moto.stop();
        });

        async function removeCards(asked: string): Promise<void> {
            for (const [id, NetworkInterfaceId] of cards) {
                if (!asked.includes(id)) continue;
                await network.send(new ec2.DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
            }
        }

        async function plug(id: string): Promise<string> {
            const { NetworkInterface } = await network.send(
                new ec2.CreateNetworkInterfaceCommand({
                    SubnetId: subnets[0] ?? "",
                    Description: `ELB ${id}`,
                }),
            );
            cards.set(id, NetworkInterface?.NetworkInterfaceId ?? "");
            return id;
        }

        async function make(Name: string, Type: "network" | "application", tags: Tags) {
            const { LoadBalancers = [] } = await balancers.send(
                new elb.CreateLoadBalancerCommand({
                    Name,
                    Type,
                    Subnets: subnets,
                    ...(Object.keys(tags).length === 0 ? {} : { Tags: list(tags) }),
                }),
            );
            const arn = LoadBalancers[0]?.LoadBalancerArn ?? "";
            return { arn, id: await plug(arn.slice(arn.indexOf("loadbalancer/") + 13)) };
        }

        async function makeClassic(LoadBalancerName: string, tags: Tags): Promise<string> {
            await classics.send(
                new classic.CreateLoadBalancerCommand({
                    LoadBalancerName,
                    Subnets: subnets,
                    Listeners: [{ Protocol: "TCP", LoadBalancerPort: 80, InstancePort: 30080 }],
                    Tags: list(tags),
                }),
            );
            return plug(LoadBalancerName);
        }

        async function standingNow(): Promise<string[]> {
            const { LoadBalancers = [] } = await balancers.send(
                new elb.DescribeLoadBalancersCommand({}),
            );
            const { LoadBalancerDescriptions = [] } = await classics.send(
                new classic.DescribeLoadBalancersCommand({}),
            );
            return [
                ...LoadBalancers.map(({ LoadBalancerName = "" }) => LoadBalancerName),
                ...LoadBalancerDescriptions.map(({ LoadBalancerName = "" }) => LoadBalancerName),
            ].sort();
        }

        const drainAll = async () =>
            drain(where, await look(where, process.env), {
                release: [],
                say: () => undefined,
                every: 20,
                times: 30,
            });

        it("go where the cluster's controller left them behind, with their target groups, and no others", async () => {
            kubernetes.objects.set("namespaces/prod/services/web", {
                metadata: { namespace: "prod", name: "web" },
            });
            const gone = await make("gone", "network", {
                ...ofService("demo"),
                ...tagsOf("hub", "prod"),
            });
            const old = await makeClassic("old", ofService("old"));
            const web = await make("web", "network", ofService("web"));
            const hand = await make("by-hand", "application", {});
            const ingress = await make("ingress", "application", {
                "elbv2.k8s.aws/cluster": "geolab",
            });
            const other = await make("other", "network", ofService("demo", "other"));
            const stranger = await makeClassic("stranger", {
                "kubernetes.io/cluster/geolab": "shared",
            });
            const { TargetGroups = [] } = await balancers.send(
                new elb.CreateTargetGroupCommand({
                    Name: "gone",
                    Protocol: "TCP",
                    Port: 30080,
                    VpcId: where.vpcIds[0] ?? "",
                }),
            );
            await balancers.send(
                new elb.CreateListenerCommand({
                    LoadBalancerArn: gone.arn,
                    Protocol: "TCP",
                    Port: 80,
                    DefaultActions: [
                        { Type: "forward", TargetGroupArn: TargetGroups[0]?.TargetGroupArn ?? "" },
                    ],
                }),
            );
            const { found, problems } = await look(where, process.env);
            expect(problems).toEqual([]);
            const rows = found.map(({ kind, id, owner, drains }) => [
                kind,
                id,
                owner?.place,
                drains,
            ]);
            expect(new Set(rows)).toEqual(
                new Set([
                    ["load balancer", gone.id, "hub@prod", true],
                    ["load balancer", old, undefined, true],
                    ...[web.id, hand.id, ingress.id, other.id, stranger].map((id) => [
                        "load balancer",
                        id,
                        undefined,
                        false,
                    ]),
                ]),
            );
            expect(found.find(({ id }) => id === gone.id)?.why).toBe(
                "of the Service prod/demo, which is gone; its interfaces hold subnets and security groups",
            );

            const drained = await drainAll();
            expect(drained.problems).toEqual([]);
            expect(drained.removed.map(({ id }) => id).sort()).toEqual([gone.id, old].sort());
            expect(await standingNow()).toEqual(["by-hand", "ingress", "other", "stranger", "web"]);
            const left = await balancers.send(new elb.DescribeTargetGroupsCommand({}));
            expect(left.TargetGroups).toEqual([]);
        });

        it("stay where AWS was told to keep them, and where their interfaces do not let go", async () => {
            const kept = await make("kept", "network", ofService("demo"));
            const slow = await make("slow", "network", ofService("slow"));
            // The interfaces stay, and what moto lets go of although `deletion_protection.enabled`, AWS does not.
            front.answer = ({ operation, body }) =>
                operation !== "DeleteLoadBalancer" || !decodeURIComponent(body).includes(kept.id)
                    ? undefined
                    : refusal("OperationNotPermitted");
            const { removed, problems } = await drainAll();
            expect(removed).toEqual([]);
            expect(problems.map(({ path: at, message }) => `${at}: ${message}`).sort()).toEqual([
                `load balancer ${kept.id}: answers OperationNotPermittedException`,
                `load balancer ${slow.id}: was asked to go, and is still there`,
            ]);
            expect(await standingNow()).toEqual(["kept"]);
        });

        it("are told nothing of, and none is removed, where Kubernetes does not say what it still wants", async () => {
            await make("gone", "network", ofService("demo"));
            const kubeconfig = kubernetes.kubeconfig.replace(/:\d+"/, ':9"');
            const { found, problems } = await look({ ...where, kubeconfig }, process.env);
            expect(problems.map(({ path: at }) => at)).toEqual(["Kubernetes"]);
            expect(found.map(({ drains }) => drains)).toEqual([false]);
        });

        it("of a cluster that is gone itself wait for no Service", async () => {
            await make("gone", "network", ofService("demo"));
            const found = (await look({ ...where, kubeconfig: undefined }, process.env)).found;
            expect(found.map(({ drains }) => drains)).toEqual([true]);
        });

        it("say what could not be asked", async () => {
            await make("gone", "network", ofService("demo"));
            front.answer = ({ operation }) =>
                operation !== "DescribeLoadBalancers" ? undefined : refusal("AccessDenied");
            const { found, problems } = await look(where, process.env);
            expect(problems.map(({ path: at, message }) => `${at}: ${message}`)).toEqual([
                "Elastic Load Balancing: answers AccessDenied",
            ]);
            expect(found.map(({ drains }) => drains)).toEqual([false]);
        });
    },
);
