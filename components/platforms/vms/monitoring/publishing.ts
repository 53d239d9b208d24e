import { textfiles } from "./names";

/**
 * Defines `publish FILE`: what it reads is what the exporter finds there, whole or not at all. Where nobody ever asks
 * the host how it is, there is no such folder, and nothing is left.
 */
export const publishing = `publish() {
    [ -d ${textfiles} ] || { cat >/dev/null; return 0; }
    find ${textfiles} -maxdepth 1 -name '.steward.*' -mmin +60 -delete || true # of a write that broke off
    part=$(mktemp ${textfiles}/.steward.XXXXXX)
    cat >"$part"
    chmod 644 "$part"
    mv -f "$part" "${textfiles}/$1"
}`;
