/** What a test asks inside the page, as text: our sources know no DOM. */

export const unfoldAll = `for (const each of document.querySelectorAll("details")) each.open = true;`;

export const pageWidth = "document.documentElement.scrollWidth";

/** Targets of links into the page that are not there. */
export const deadLinks = `
    [...document.querySelectorAll('a[href^="#"]')]
        .map((link) => link.getAttribute("href").slice(1))
        .filter((id) => document.getElementById(id) === null)
`;

/**
 * Texts whose contrast with what is behind them is below 4.5, the least that WCAG 2.2 asks of small text.
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export const faintTexts = `(() => {
    const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = (colour) => {
        const [red, green, blue] = numbers(colour).map((each) => {
            const part = each / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        const clear = numbers(colour)[3] === 0;
        return clear && element.parentElement ? behind(element.parentElement) : colour;
    };
    return [...document.querySelectorAll("body *")].flatMap((element) => {
        const text = [...element.childNodes].find(
            (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "",
        );
        if (!text || !element.checkVisibility() || element.closest("svg, script")) return [];
        const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        return contrast < 4.5 ? [contrast.toFixed(2) + ": " + text.textContent] : [];
    });
})()`;
