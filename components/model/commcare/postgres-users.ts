/** Whom PostgreSQL of the cloud is made with; Ansible makes all others. */
export const rootUser = "commcare_root";

interface User<Secret> {
    readonly username: string;
    readonly password: Secret;
    readonly role_attr_flags?: string;
}

/**
 * The users of PostgreSQL, as commcare-cloud reads them (POSTGRES_USERS). Only where it runs on machines is there one
 * for replication, which RDS lets nobody have.
 *
 * @param root The password of whom the cloud made it with; undefined where it runs on machines.
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/postgresql_base/tasks/set_up_dbs.yml
 */
export function postgresUsers<Secret>(
    made: (user: "commcare" | "devreadonly" | "replication") => Secret,
    root: Secret | undefined,
): Readonly<Record<string, User<Secret>>> {
    return {
        commcare: { username: "commcarehq", password: made("commcare") },
        devreadonly: {
            username: "devreadonly",
            password: made("devreadonly"),
            role_attr_flags: "NOSUPERUSER,NOCREATEROLE,NOCREATEDB",
        },
        ...(root === undefined
            ? {
                  replication: {
                      username: "hqrepl",
                      password: made("replication"),
                      role_attr_flags: "LOGIN,REPLICATION",
                  },
              }
            : { root: { username: rootUser, password: root } }),
    };
}
