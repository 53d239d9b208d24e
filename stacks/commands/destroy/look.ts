import type { Problem } from "../../../components/model/problem";
import { identify } from "../doctor/checks/credentials";
import { nameOf } from "../doctor/aws-error";
import type { Caller } from "../doctor/check";
import { isUnreachable } from "../doctor/unreachable";
import type { Ec2 } from "./ec2";
import { lookInEc2, openEc2 } from "./ec2";
import type { Found } from "./found";
import { lookInKubernetes, pathOf } from "./kubernetes";
import { KubernetesApi, KubernetesProblem } from "./kubernetes-api";
import { judgeBalancers } from "./load-balancers";
import { lookInEcr } from "./repositories";
import type { Whereabouts } from "./whereabouts";

/** What was found, what could not be asked, and whom to ask again. */
export interface Look {
    readonly found: readonly Found[];
    readonly problems: readonly Problem[];
    readonly caller: Caller | undefined;
    readonly ec2: Ec2 | undefined;
    readonly api: KubernetesApi | undefined;
}

/** Asks EC2, ECR and Kubernetes, each on its own: what one cannot say, the other may. Never rejects. */
export async function look(where: Whereabouts, env: NodeJS.ProcessEnv): Promise<Look> {
    const [ofEc2, ofKubernetes] = await Promise.all([askEc2(where, env), askKubernetes(where)]);
    const services = ofKubernetes.found.filter(({ kind }) => kind === "load balancer");
    const known = ({ kind, id }: Found) =>
        kind === "load balancer" && services.some(({ why }) => isOfHost(id, why));
    const inEc2 = ofEc2.found.filter((each) => !known(each));
    const told = await askBalancers(inEc2, where, ofEc2, ofKubernetes);
    const pushed = await askEcr(where, ofEc2);
    const asked = [ofEc2, ofKubernetes, told, pushed];
    return {
        found: [...ofKubernetes.found, ...told.found, ...pushed.found],
        problems: asked.flatMap(({ problems }) => problems),
        caller: ofEc2.caller,
        ec2: ofEc2.ec2,
        api: ofKubernetes.api,
    };
}

/** `net/<name>/<hash>`, or a bare name, against the host of a Service: `<name>-<hash>.elb.…`. */
function isOfHost(id: string, why: string): boolean {
    const name = id.split("/").at(id.includes("/") ? 1 : 0) ?? id;
    return why.includes(`, ${name}-`);
}

type Asked = Pick<Look, "found" | "problems">;

async function askEc2(
    where: Whereabouts,
    env: NodeJS.ProcessEnv,
): Promise<Asked & Pick<Look, "caller" | "ec2">> {
    const none = { found: [], caller: undefined, ec2: undefined };
    const { caller, finding } = await identify(undefined, env);
    if (caller === undefined) {
        const { message, fix = "sign in" } = finding;
        return { ...none, problems: [{ path: "EC2", message: `not asked, ${message}`, fix }] };
    }
    if (caller.accountId !== where.accountId) {
        const message = `not asked, ${caller.arn} is of account ${caller.accountId}, and the cluster is in ${where.accountId}`;
        const fix = "take credentials of that account";
        return { ...none, problems: [{ path: "EC2", message, fix }] };
    }
    const ec2 = await openEc2(where, caller);
    try {
        return { found: await lookInEc2(where, ec2), problems: [], caller, ec2 };
    } catch (error) {
        return { ...none, problems: [wordEc2(error)] };
    }
}

/** Only hubs have something built; without credentials for EC2 there are none for ECR. */
async function askEcr(where: Whereabouts, { caller }: Pick<Look, "caller">): Promise<Asked> {
    if (where.matrix.workload !== "jupyterhub" || caller === undefined) {
        return { found: [], problems: [] };
    }
    try {
        return { found: await lookInEcr(where, caller), problems: [] };
    } catch (error) {
        return { found: [], problems: [wordEc2(error, "ECR")] };
    }
}

/** What load balancers say of themselves; nothing, where Kubernetes could not say which of them it still wants. */
async function askBalancers(
    found: readonly Found[],
    where: Whereabouts,
    { caller }: Pick<Look, "caller">,
    { api, problems }: Pick<Look, "api" | "problems">,
): Promise<Asked> {
    const balancers = found.filter(({ kind }) => kind === "load balancer");
    if (balancers.length === 0 || caller === undefined || problems.length > 0) {
        return { found, problems: [] };
    }
    const isThere = (id: string) =>
        api?.isThere(pathOf({ kind: "load balancer", id })) ?? Promise.resolve(false);
    try {
        const judged = await judgeBalancers(balancers, where, caller, isThere);
        const byId = new Map(judged.map((each) => [each.id, each]));
        return { found: found.map((each) => byId.get(each.id) ?? each), problems: [] };
    } catch (error) {
        const problem =
            error instanceof KubernetesProblem
                ? error.problem
                : wordEc2(error, "Elastic Load Balancing");
        return { found, problems: [problem] };
    }
}

/** An error of AWS, by its name: its text may quote what it was asked. */
export function wordEc2(error: unknown, path = "EC2"): Problem {
    if (isUnreachable(error)) {
        return { path, message: "does not answer", fix: "look at the network and the proxy" };
    }
    const fix = "allow the caller what it asked for, or wait, and run this again";
    return { path, message: `answers ${nameOf(error)}`, fix };
}

/** Never rejects. */
export async function askKubernetes({
    kubeconfig,
    ...where
}: Pick<Whereabouts, "kubeconfig" | "matrix" | "objects">): Promise<Asked & Pick<Look, "api">> {
    if (kubeconfig === undefined) return { found: [], problems: [], api: undefined };
    try {
        const api = await KubernetesApi.open(kubeconfig);
        return {
            found: await lookInKubernetes(where, api),
            problems: [],
            api,
        };
    } catch (error) {
        if (!(error instanceof KubernetesProblem)) throw error;
        return { found: [], problems: [error.problem], api: undefined };
    }
}
