/**
 * Below this a host has a line for each file that Steward wrote whole: mode, SHA-256 and layer. An audit goes by it where
 * the stack file alone does not tell what a file has to be.
 */
export const noted = "/var/lib/steward/noted";
