/** Words that people write in capitals and that do not show it by having no vowel. */
const capitals: ReadonlySet<string> = new Set(
    "acl ami api arn aws cidr ebs ecr efs eip eks iam id ip nat oidc url vpc".split(" "),
);

/** Services of Azure whose noun alone says little: a "vault" is that of keys or that of copies. */
const azureServices: Readonly<Record<string, readonly string[]>> = {
    containerregistry: ["container"],
    dataprotection: ["backup"],
    dbforpostgresql: ["PostgreSQL"],
    dns: ["DNS"],
    keyvault: ["key", "vault"],
    logic: ["logic", "app"],
    operationalinsights: ["Log", "Analytics"],
    privatedns: ["DNS"],
    recoveryservices: ["Recovery", "Services"],
    redisenterprise: ["redis"],
    security: ["Defender"],
};

/** Nouns that a package writes for itself rather than for a service of its own. */
const noService: ReadonlySet<string> = new Set(["index", ""]);

/**
 * What a type is, for somebody who never saw a type token: `aws:eks/nodeGroup:NodeGroup` is an "EKS node group".
 * Derived, not looked up: the service, then the words of the noun.
 */
export function kindOf(type: string): string {
    const [provider = "", module = "", token = ""] = type.split(":");
    const [service = ""] = module.split("/");
    const noun = words(token.replace(/V\d+$|ByName$/, ""));
    switch (provider) {
        case "aws":
            return sentence(noService.has(service) ? noun : joined(serviceName(service), noun));
        case "azure-native":
            return sentence(["Azure", ...afterService(azureServices[service] ?? [], noun)]);
        case "kubernetes":
            return sentence(["Kubernetes", ...noun]);
        case "command":
            return sentence([service, ...noun]);
        default:
            return sentence(noService.has(service) ? noun : [provider, ...noun]);
    }
}

/** `NodeGroup` → node, group; `OpenIDConnectProvider` → open, ID, connect, provider. */
function words(token: string): string[] {
    return token
        .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
        .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
        .split(" ")
        .map(inCapitals);
}

function inCapitals(word: string): string {
    const small = word.toLowerCase();
    const noVowel = small.length <= 4 && small.length > 1 && !/[aeiouy]/.test(small);
    return noVowel || capitals.has(small) ? small.toUpperCase() : small;
}

/** Up to three letters and a digit are initials: EC2, S3, EKS; longer names are words. */
function serviceName(service: string): string {
    return /^[a-z]{1,3}\d?$|^[a-z]{3,4}v\d$/.test(service)
        ? service.toUpperCase()
        : service.charAt(0).toUpperCase() + service.slice(1);
}

/** A service that its noun names again is said once: budgets:Budget is a budget. */
function joined(service: string, noun: readonly string[]): readonly string[] {
    const [first = ""] = noun;
    const singular = service.toLowerCase().replace(/s$/, "");
    return singular === first.toLowerCase() ? noun : [service, ...noun];
}

/** What a noun begins with is not said twice: of keyvault:Vault the vault, of redisenterprise:RedisEnterprise redis. */
function afterService(service: readonly string[], noun: readonly string[]): readonly string[] {
    return service.at(-1) === noun[0] ? [...service, ...noun.slice(1)] : [...service, ...noun];
}

function sentence(all: readonly string[]): string {
    const text = all.join(" ");
    return text.charAt(0).toUpperCase() + text.slice(1);
}
