import * as grpc from "@grpc/grpc-js";
import { Refusal } from "./stand-in";

/**
 * Wraps a method of the engine's provider protocol; a Refusal becomes the message that the user reads.
 *
 * @param method Is told who asks: the address and port of the engine's end of the connection.
 */
export function answer<Req, Res>(method: (request: Req, peer: string) => Res | Promise<Res>) {
    return (call: grpc.ServerUnaryCall<Req, Res>, reply: grpc.sendUnaryData<Res>): void => {
        const asked = async () => method(call.request, call.getPeer());
        asked().then(
            (response) => {
                reply(null, response);
            },
            (error: unknown) => {
                reply(asServiceError(error));
            },
        );
    };
}

/** A refusal is the cloud's word; anything else is a defect of ours and keeps its stack trace. */
function asServiceError(error: unknown): grpc.ServiceError {
    const refused = error instanceof Refusal;
    const message = refused ? error.message : String((error as Error).stack ?? error);
    const code = refused ? grpc.status.FAILED_PRECONDITION : grpc.status.INTERNAL;
    return Object.assign(new Error(message), {
        code,
        details: message,
        metadata: new grpc.Metadata(),
    });
}
