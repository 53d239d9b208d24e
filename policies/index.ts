import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";
import { toPolicies } from "./to-policy";

const set = (name: string) => process.env[name] === "1";

// Set by our own commands. Without them a contact that nobody reads is a gap.
new PolicyPack("steward", {
    policies: toPolicies(rules, {
        reservedContacts: set("STEWARD_REHEARSAL") || set("STEWARD_AUDIT") ? "allowed" : "refused",
        reportCoverage: set("STEWARD_COVERAGE"),
    }),
});
