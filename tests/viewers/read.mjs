// Opens book.pdf with pdf.js and sends back what it finds, and all it complains of.

const complaints = [];
for (const kind of ["log", "warn", "error"]) {
  console[kind] = (...said) => {
    // In this thread it is meant to be, where its complaints are heard.
    if (said[0] !== "Warning: Setting up fake worker.") complaints.push(said.join(" "));
  };
}
window.addEventListener("error", (event) => complaints.push(String(event.message)));

async function read() {
  globalThis.pdfjsWorker = await import("/pdfjs/build/pdf.worker.mjs");
  const pdfjs = await import("/pdfjs/build/pdf.mjs");
  const pdf = await pdfjs.getDocument({
    url: "/book.pdf",
    verbosity: pdfjs.VerbosityLevel.WARNINGS,
    standardFontDataUrl: "/pdfjs/standard_fonts/",
  }).promise;
  const pageOf = async (place) => (await pdf.getPageIndex(place[0])) + 1;
  const destinations = {};
  for (const [name, place] of await pdf.getDestinations()) {
    destinations[name] = await pageOf(place);
  }
  const outline = [];
  const headings = async (items, level) => {
    for (const item of items ?? []) {
      outline.push([level, item.title, await pageOf(item.dest)]);
      await headings(item.items, level + 1);
    }
  };
  await headings(await pdf.getOutline(), 0);
  const texts = [];
  const links = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent();
    texts.push(content.items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join(""));
    for (const one of await page.getAnnotations()) {
      if (one.subtype === "Link") links.push([number, one.dest]);
    }
    const viewport = page.getViewport({ scale: 1 });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [viewport.width, viewport.height];
    await page.render({ canvas, viewport }).promise;
  }
  return {
    title: (await pdf.getMetadata()).info.Title,
    fields: [...((await pdf.getFieldObjects()) ?? new Map()).keys()],
    texts, links, outline, destinations,
  };
}

let found = {};
try {
  found = await read();
} catch (error) {
  complaints.push(String(error));
}
await fetch("/read", { method: "POST", body: JSON.stringify({ ...found, complaints }) });
