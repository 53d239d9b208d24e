/** @type {import("jest").Config} */
module.exports = {
    testEnvironment: "node",
    roots: ["<rootDir>/test"],
    testMatch: ["**/*.test.ts"],
    // They need root, and hosts of their own: npm run test:hosts, npm run test:vm.
    testPathIgnorePatterns: ["<rootDir>/test/hosts/", "<rootDir>/test/vm/"],
    // Each file loads a cloud's SDK anew, and a worker that has seen a hundred of them runs out of memory.
    workerIdleMemoryLimit: "1GB",
    transform: {
        "^.+\\.ts$": [
            "@swc/jest",
            { jsc: { target: "es2022", parser: { syntax: "typescript" }, keepClassNames: true } },
        ],
    },
};
