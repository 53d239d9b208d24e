/**
 * A definition of a custom kind without the descriptions of its fields. A property that is itself called
 * `description` stays: it is a schema, not a text.
 */
export function withoutDescriptions(value) {
    if (Array.isArray(value)) return value.map(withoutDescriptions);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .filter(([key, each]) => key !== "description" || typeof each !== "string")
            .map(([key, each]) => [key, withoutDescriptions(each)]),
    );
}
