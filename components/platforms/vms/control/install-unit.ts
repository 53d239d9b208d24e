import { controlAccount } from "../../../model/commcare/control-machine";
import type { KeptFile } from "../remote-file";
import { installCommand } from "./install-command";

/** What installs CommCare where `up` starts it: it goes on when nobody follows it any more. */
export const installUnit = "install-commcare.service";

/** The vault's password, until the unit has it: on no disk, and for root alone. */
export const passwordPath = "/run/steward/vault-password";

/**
 * It has rights of its own to nothing but its home: what it does, it does on the hosts, this one among them, by SSH.
 * systemd gives it the password in a folder of memory that ends with the unit.
 *
 * @see https://systemd.io/CREDENTIALS/
 */
export const installUnitFile: KeptFile = {
    path: `/etc/systemd/system/${installUnit}`,
    content: [
        "# Kept by Steward: changes by hand are undone.",
        "[Unit]",
        "Description=commcare-cloud's own commands, from empty hosts to a site",
        "Wants=network-online.target",
        "After=network-online.target",
        "[Service]",
        "Type=exec",
        `User=${controlAccount}`,
        `ExecStart=${installCommand}`,
        `LoadCredential=vault-password:${passwordPath}`,
        "StandardInput=null",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        `ReadWritePaths=/home/${controlAccount}`,
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "ProtectKernelModules=yes",
        "ProtectKernelTunables=yes",
        "ProtectControlGroups=yes",
        "RestrictNamespaces=yes",
        "RestrictRealtime=yes",
        "RestrictSUIDSGID=yes",
        "LockPersonality=yes",
        "SystemCallArchitectures=native",
        "",
    ].join("\n"),
    reload: "systemctl daemon-reload",
};
