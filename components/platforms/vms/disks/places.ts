/** Where on a host everything about its data disks lies. */
export const places = {
    /** A line for each disk: device, folder, whether it is sealed, and the name of its volume group. */
    table: "/etc/steward/disks/table",
    /** Opens what is sealed; root's alone. */
    key: "/etc/steward/disks/key",
    command: "/usr/local/sbin/steward-disks",
} as const;
