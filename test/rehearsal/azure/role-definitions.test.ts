import { groupId, refusal } from "./account";
import { acceptedInputs, subscriptionBefore } from "./whole-subscription";

const definition = "azure-native:authorization:RoleDefinition";
const assignment = "azure-native:authorization:RoleAssignment";

describe("a role of one's own", () => {
    const assigned = (assignableScopes: readonly string[]) => {
        const there = subscriptionBefore();
        const { id } = there.create(definition, {
            ...acceptedInputs(definition),
            roleDefinitionId: "5c1d0b4e-0000-4000-8000-00000000000d",
            roleName: "geolab pusher",
            assignableScopes: [...assignableScopes],
        });
        return refusal(() =>
            there.create(assignment, {
                ...acceptedInputs(assignment),
                roleAssignmentName: "5c1d0b4e-0000-4000-8000-00000000000e",
                scope: `${groupId}/providers/Microsoft.ContainerRegistry/registries/geolab0a1b2c`,
                roleDefinitionId: id,
            }),
        );
    };

    it("is assigned where it may be, in whatever case that is written", () => {
        expect(assigned([groupId])).toBeUndefined();
        expect(assigned([groupId.toUpperCase()])).toBeUndefined();
    });

    it("is refused anywhere else, such as in a group whose name begins the same", () => {
        expect(assigned([`${groupId}-other`, groupId.slice(0, -1)])).toMatch(
            /^RoleDefinitionDoesNotExist: .* outside its assignableScopes$/,
        );
    });

    it("is for everywhere only where Azure brings it", () => {
        const inputs = { ...acceptedInputs(definition), assignableScopes: ["/"] };
        expect(subscriptionBefore().problems(definition, inputs)).toEqual([
            "assignableScopes: is the root, which only roles that Azure brings may be",
        ]);
    });
});
