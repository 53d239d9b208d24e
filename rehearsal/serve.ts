import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import type { Fault } from "./provider/fault";
import { Ledger } from "./provider/ledger";
import { Seal } from "./provider/seal";
import { StandInService } from "./provider/service";
import { standInsFor } from "./stand-ins";

/**
 * Serves every stand-in of a rehearsal from this one process, each on a port of its own, until its parent goes
 * away. Writes the engine's `PULUMI_DEBUG_PROVIDERS` value to standard output: `aws:41023,random:41024`.
 *
 * Arguments: the folder that keeps the account and its passphrase, or nothing for an account that ends with the process.
 */
async function serve(folder: string | undefined, faults: readonly Fault[]): Promise<void> {
    const ledger = folder === undefined ? new Ledger() : keptIn(folder);
    const addresses = await Promise.all(
        Object.values(standInsFor(process.env)).map(async (standIn) => {
            const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
            new StandInService(standIn, ledger, faults).addTo(server);
            return `${standIn.package}:${String(await bind(server))}`;
        }),
    );
    process.stdout.write(`${addresses.join(",")}\n`);
}

function keptIn(folder: string): Ledger {
    const passphrase = readFileSync(join(folder, "passphrase"), "utf8");
    return new Ledger(join(folder, "account"), new Seal(passphrase));
}

function bind(server: grpc.Server): Promise<number> {
    return new Promise((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
            if (error === null) resolve(port);
            else reject(error);
        });
    });
}

const { STEWARD_REHEARSAL_FAULTS: faults = "[]" } = process.env;
process.stdin.resume().once("close", () => process.exit(0));
process.stdin.once("end", () => process.exit(0));
void serve(process.argv[2], JSON.parse(faults) as Fault[]);
