// Checks in the manner of axe: names of controls, contrast of texts, headings, languages, targets.
() => {
  const found = [];
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length;
  const name = (element) => {
    const labelled = element.getAttribute("aria-labelledby");
    return (element.getAttribute("aria-label")
      || (labelled && labelled.split(" ").map((id) => document.getElementById(id)?.textContent).join(" "))
      || [...(element.labels ?? [])].map((label) => label.textContent).join(" ")
      || element.textContent || element.title || "").trim();
  };
  const shown = (element) => `${element.tagName} ${element.id || element.className} ${element.textContent.slice(0, 30)}`;

  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, progress, summary, dialog")) {
    if (visible(element) && !name(element)) found.push(`no name: ${shown(element)}`);
  }
  for (const image of document.querySelectorAll("img")) {
    if (!image.hasAttribute("alt")) found.push(`no alt: ${image.src}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) found.push("an id is used twice");
  if (!document.documentElement.lang || !document.title) found.push("no language or title");
  if ([...document.querySelectorAll("h1")].filter(visible).length !== 1) found.push("not one main heading");
  for (const element of document.querySelectorAll("a.button, button, select")) {
    const box = element.getBoundingClientRect();
    if (visible(element) && (box.width < 24 || box.height < 24)) found.push(`too small to hit: ${shown(element)}`);
  }

  // Colours may be given in any notation; a canvas knows them all.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return [255, 255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !visible(element) || element.closest(".unseen, .skip, script, noscript, option")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [luminance(rgba(style.color)), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 600);
    if (ratio < (large ? 3 : 4.5)) found.push(`contrast ${ratio.toFixed(2)}: ${shown(element)}`);
  }
  return found;
}
