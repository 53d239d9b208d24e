/** How one machine is entered by SSH, with the defaults of @pulumi/command filled in. */
export interface Login {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    /** As in a .pub file: `ssh-ed25519 AAAA…`. Without it any key is taken, as the real provider does. */
    readonly hostKey?: string;
    readonly privateKey?: string;
    readonly privateKeyPassword?: string;
    readonly password?: string;
    readonly agent?: string;
    /** How many more times than once it is dialled; -1: without end. */
    readonly dialErrorLimit: number;
    /** Seconds for one try; 0: without end. */
    readonly perDialTimeout: number;
    /** The machine that it is reached through. */
    readonly proxy?: Login;
}
