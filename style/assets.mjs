// Copies what the pages need from the npm packages into ../public: the icon sprite with the names that
// crates/ui/src/icon.rs lists, the fonts, and the licences of both. Run it after changing either.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const here = new URL(".", import.meta.url);
const file = (path) => new URL(path, here);

const listed = readFileSync(file("../crates/ui/src/icon.rs"), "utf8");
const names = [...listed.matchAll(/^    [A-Z]\w* => "([a-z0-9-]+)",$/gm)].map((m) => m[1]);
if (names.length === 0) throw new Error("no icon names found in crates/ui/src/icon.rs");

const symbols = names.toSorted().map((name) => {
  const svg = readFileSync(file(`node_modules/lucide-static/icons/${name}.svg`), "utf8");
  const shapes = svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/\s*\n\s*/g, "")
    .replaceAll(" />", "/>");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
});
mkdirSync(file("../public/fonts"), { recursive: true });
writeFileSync(
  file("../public/icons.svg"),
  `<!-- Lucide icons, ISC licence: icons-LICENSE.txt -->\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`,
);
copyFileSync(file("node_modules/lucide-static/LICENSE"), file("../public/icons-LICENSE.txt"));

const inter = "node_modules/@fontsource-variable/inter/";
for (const subset of ["latin", "latin-ext"]) {
  const name = `inter-${subset}-wght-normal.woff2`;
  copyFileSync(file(`${inter}files/${name}`), file(`../public/fonts/${name}`));
}
copyFileSync(file(`${inter}LICENSE`), file("../public/fonts/inter-LICENSE.txt"));
