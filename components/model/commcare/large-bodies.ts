/** A path whose requests carry bodies that look like attacks and are none. */
export interface LargeBody {
    /** Of the whole path; what both clouds' firewalls take of PCRE, 512 characters at most. */
    readonly path: string;
    readonly why: string;
}

/**
 * Where bodies are not refused for what they look like: XML of forms, files, applications as JSON. Firewalls take
 * markup for an attack, and some refuse any body of more than 8 KiB.
 *
 * @see https://github.com/dimagi/commcare-hq/tree/master/corehq (urls.py of receiverwrapper, hqmedia, importer, …)
 */
export const largeBodies: readonly LargeBody[] = [
    { path: "^/a/[^/]+/receiver/", why: "forms that devices send, with photographs and audio" },
    { path: "^/a/[^/]+/phone/", why: "what devices ask for when they restore" },
    { path: "^/a/[^/]+/api/", why: "cases and forms by the interfaces for programs" },
    { path: "^/a/[^/]+/apps/", why: "applications in the making, their forms and media" },
    { path: "^/a/[^/]+/importer/", why: "spreadsheets of cases" },
    { path: "^/a/[^/]+/(fixtures|lookup_tables)/", why: "lookup tables" },
    { path: "^/a/[^/]+/(settings|users|locations|data|messaging)/", why: "bulk uploads" },
    { path: "^/formplayer/", why: "answers to forms in the browser" },
    { path: "^/hq/multimedia/", why: "media of applications" },
];
