// One page with all pictures: a row for each page, its widths and themes beside each other.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../../shots");

export default function index(): void {
  if (!existsSync(folder)) return;
  const rows = new Map<string, string[]>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".png")).sort()) {
    const [who, name] = file.split(".");
    const page = `${who}: ${name}`;
    rows.set(page, [...(rows.get(page) ?? []), file]);
  }
  const width = (file: string) => (file.includes(".390.") ? 160 : 480);
  const body = [...rows].map(
    ([page, files]) =>
      `<h2>${page}</h2><p>${files.map((file) => `<a href="${file}"><img loading="lazy" width="${width(file)}" src="${file}" alt="${file}"></a>`).join(" ")}</p>`,
  );
  const style = "body{font:14px system-ui;margin:24px;background:#eee;color:#222}p{display:flex;gap:12px;align-items:flex-start;overflow-x:auto}img{border:1px solid #bbb;max-height:900px;object-fit:cover;object-position:top}";
  writeFileSync(`${folder}/index.html`, `<!doctype html><meta charset="utf-8"><title>Pages</title><style>${style}</style><h1>${rows.size} pages</h1>${body.join("\n")}\n`);
}
