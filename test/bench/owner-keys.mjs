import { createRequire } from "node:module";

const { contactAnnotation, ownerKeys } = createRequire(import.meta.url)(
    "../../dist/components/model/tags",
);

/** What names an owner on a resource; a map with a mark in it is an owner's, whatever else is in it. */
export const ownerKeysOf = {
    mark: ownerKeys.role,
    marks: [ownerKeys.role, contactAnnotation],
    all: new Set([...Object.values(ownerKeys), contactAnnotation]),
};
