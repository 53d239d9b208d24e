/** Tests on real hosts, one file at a time: they share the laboratory. `npm run test:hosts` raises it first. */
/** @type {import("jest").Config} */
module.exports = {
    ...require("./jest.config.cjs"),
    roots: ["<rootDir>/test/hosts"],
    testPathIgnorePatterns: [],
    testTimeout: 120_000,
    maxWorkers: 1,
};
