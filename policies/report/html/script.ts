/**
 * What the page can do besides being read: filter its rows, show what a link points at, unfold before printing.
 * Without it everything is there all the same.
 */
export const script = `
(() => {
    const box = document.getElementById("filter");
    const field = box.querySelector("input");
    const said = box.querySelector("output");
    const all = (selector, from = document) => [...from.querySelectorAll(selector)];
    const rows = all("[data-row]").map((row) => {
        const around = [row];
        if (row.dataset.row !== "layer") {
            around.push(row.closest("tbody").rows[0], row.closest("section").querySelector("header"));
        }
        return { row, text: around.map((each) => each.textContent).join(" ").toLowerCase() };
    });
    const folds = all("details").map((fold) => ({ fold, open: fold.open }));
    const filter = () => {
        const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
        const found = { layer: 0, resource: 0, carried: 0 };
        for (const { row, text } of rows) {
            row.hidden = !words.every((word) => text.includes(word));
            if (!row.hidden) found[row.dataset.row] += 1;
        }
        const shown = (part) => all("[data-row]", part).some((row) => !row.hidden);
        for (const part of all("tbody[id], tbody:has(.group)")) part.hidden = !shown(part);
        for (const { fold, open } of folds) fold.open = words.length === 0 ? open : shown(fold);
        const name = (count, word) => count + " " + word + (count === 1 ? "" : "s");
        said.textContent = words.length === 0
            ? ""
            : name(found.layer, "layer") + ", " + name(found.resource, "resource") +
              (found.carried === 0 ? "" : ", " + found.carried + " carried");
    };
    const reveal = () => {
        const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        const fold = target && target.closest("details");
        if (!fold) return;
        fold.open = true;
        target.scrollIntoView();
    };
    field.addEventListener("input", filter);
    addEventListener("hashchange", reveal);
    let folded = [];
    addEventListener("beforeprint", () => {
        folded = folds.filter(({ fold }) => !fold.open);
        for (const { fold } of folded) fold.open = true;
    });
    addEventListener("afterprint", () => {
        for (const { fold } of folded) fold.open = false;
    });
    box.hidden = false;
    reveal();
})();
`;
