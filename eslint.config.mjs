import tseslint from "typescript-eslint";

const roots = {
    regex: "^@pulumi/(aws|azure-native|kubernetes|random|tls|command)$",
    message: "Import a sub-path such as @pulumi/aws/ec2: the root loads every service.",
};
const room = (names, message) => ({ regex: `^(\\.\\./)+(${names})(/|$)`, message });
const packages = (message) => ({ regex: "^[^.]", message });

/** A room and what it may not import. A later block replaces an earlier one, so each names all it forbids. */
const closed = (files, patterns, ignores = []) => ({
    files,
    ignores,
    rules: { "no-restricted-imports": ["error", { patterns: [roots, ...patterns] }] },
});

export default tseslint.config(
    {
        ignores: [
            "dist/**",
            "node_modules/**",
            ".steward/**",
            "coverage/**",
            "**/*.mjs",
            "**/*.cjs",
            "**/*.js",
        ],
    },
    ...tseslint.configs.strictTypeChecked,
    {
        files: ["**/*.ts"],
        languageOptions: { parserOptions: { project: "./tsconfig.json" } },
        rules: {
            // The rooms that are loaded only when asked for: see components/platforms/index.ts.
            "@typescript-eslint/no-require-imports": "off",
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/no-unused-vars": [
                "error",
                { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
            ],
        },
    },
    closed(["**/*.ts"], [room("stacks", "Nothing imports the desk.")], ["stacks/**", "test/**"]),
    closed(
        ["components/**/*.ts"],
        [room("stacks|policies|rehearsal|ssh", "The workshop imports only itself and the book.")],
    ),
    closed(
        ["components/workloads/**/*.ts"],
        [
            room("stacks|policies|rehearsal|ssh", "The workshop imports only itself and the book."),
            {
                regex: "^@pulumi/(aws|azure-native|command)(/|$)|/platforms/(aws|azure|vms)(/|$)",
                message:
                    "A workload is the same on every platform: what differs comes with Foundation.",
            },
        ],
    ),
    closed(
        ["components/model/**/*.ts"],
        [
            packages(
                "The book imports nothing from outside its folder; zod only in spec.ts and spec/.",
            ),
            {
                regex: "^(\\.\\./){1,}(layer|cluster|platforms|workloads)(/|$)",
                message: "The book knows no workshop.",
            },
        ],
        ["components/model/spec.ts", "components/model/spec/**"],
    ),
    closed(
        ["policies/**/*.ts", "rehearsal/**/*.ts"],
        [
            room("stacks", "Nothing imports the desk."),
            room(
                "components/(?!model/)[^/]*",
                "Read the book and the resources, never the workshop.",
            ),
        ],
    ),
    closed(
        ["policies/**/*.ts"],
        [
            room("stacks|rehearsal|ssh", "The audit stands alone."),
            room(
                "components/(?!model/)[^/]*",
                "Read the book and the resources, never the workshop.",
            ),
        ],
    ),
    closed(
        ["rehearsal/**/*.ts"],
        [
            room("stacks|policies", "The stage knows the book only."),
            room(
                "components/(?!model/)[^/]*",
                "Read the book and the resources, never the workshop.",
            ),
        ],
    ),
    closed(
        ["ssh/**/*.ts"],
        [{ regex: "^\\.\\./", message: "The line to a host knows nothing but the host." }],
    ),
);
