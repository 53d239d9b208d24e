import { SshFailure } from "../../ssh/failure";
import type { Answer, Order } from "../../ssh/run";
import { run as runOverSsh } from "../../ssh/run";
import { Refusal } from "../provider/stand-in";

/** Runs a command on a host, for as long as it takes. @throws Refusal with what failed. */
export async function run(order: Order): Promise<Answer> {
    try {
        return await runOverSsh(order);
    } catch (error) {
        throw error instanceof SshFailure ? new Refusal(error.message) : error;
    }
}
