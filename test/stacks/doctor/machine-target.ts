import type { AwsCommcareSpec } from "../../../components/model/spec";
import { isAwsMachines, parseSpec } from "../../../components/model/spec";
import type { Target } from "../../../stacks/commands/doctor/check";
import { commcareConfig } from "../../support/commcare";
import { account, keys } from "./example-target";

type Section = Record<string, unknown>;

interface Changes {
    readonly commcare?: Section;
    readonly machines?: Section;
    readonly aws?: Section;
}

/** The stack `commcare-aws` in us-east-2, which moto knows more about than its own region, as its deployer sees it. */
export function machineTarget({ commcare, machines, aws }: Changes = {}): Target<AwsCommcareSpec> {
    const config = commcareConfig(commcare);
    const network = { cidr: "10.90.0.0/16", zones: ["us-east-2a", "us-east-2b", "us-east-2c"] };
    const { spec, problems } = parseSpec({
        ...config,
        cluster: { ...config.cluster, region: "us-east-2" },
        aws: { ...config.aws, network, backups: {}, machines: { ...machines }, ...aws },
    });
    if (spec === undefined || !isAwsMachines(spec)) throw new Error(JSON.stringify(problems));
    return {
        env: {},
        offline: false,
        spec,
        caller: {
            accountId: account,
            arn: `arn:aws:sts::${account}:assumed-role/steward-deployer/session`,
            credentials: keys,
        },
    };
}
