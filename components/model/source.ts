/** Where a role or a duty was written down first. */
export interface Source {
    readonly document: string;
    readonly section: string;
}

/** Dimagi: Roles And Responsibilities for Hosting CommCare. */
export function commcareRoles(section: string): Source {
    return {
        document: "https://commcare-cloud.readthedocs.io/en/latest/prereqs/4-roles.html",
        section,
    };
}

/** 2i2c: Shared responsibility model. */
export function hubService(section: string): Source {
    return {
        document: "https://docs.2i2c.org/community-lead/about/shared-responsibility/",
        section,
    };
}
