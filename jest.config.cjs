/** @type {import("jest").Config} */
module.exports = {
    testEnvironment: "node",
    roots: ["<rootDir>/test"],
    testMatch: ["**/*.test.ts"],
    testPathIgnorePatterns: ["<rootDir>/test/hosts/"], // need root and a laboratory: npm run test:hosts
    // Each file loads a cloud's SDK anew, and a worker that has seen a hundred of them runs out of memory.
    workerIdleMemoryLimit: "1GB",
    transform: {
        "^.+\\.ts$": [
            "@swc/jest",
            { jsc: { target: "es2022", parser: { syntax: "typescript" }, keepClassNames: true } },
        ],
    },
};
