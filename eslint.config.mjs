import tseslint from "typescript-eslint";

/** Rooms a room may not import from: data flows one way, see CONTRIBUTING.md. */
const closed = (files, ...patterns) => ({
    files,
    rules: {
        "no-restricted-imports": [
            "error",
            {
                patterns: [
                    { group: ["@pulumi/aws", "@pulumi/azure-native", "@pulumi/kubernetes"].map((p) => p), message: "Import a sub-path such as @pulumi/aws/ec2: the root loads every service.", },
                    ...patterns,
                ],
            },
        ],
    },
});
const room = (name, message) => ({ regex: `^(\\.\\./)+${name}(/|$)`, message });
const outside = (message) => ({ regex: "^[^.]", message });

export default tseslint.config(
    { ignores: ["dist/**", "node_modules/**", ".steward/**", "coverage/**"] },
    ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts"] })),
    {
        files: ["**/*.ts"],
        languageOptions: { parserOptions: { project: "./tsconfig.json" } },
        rules: {
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
        },
    },
);
