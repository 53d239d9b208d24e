const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("nothing", {
    policies: [
        {
            name: "nothing",
            description: "Finds nothing",
            enforcementLevel: "mandatory",
            validateResource: () => undefined,
        },
    ],
});
