// Builds what the pages ship: style sheets by sass, scripts by esbuild. Each source file gives one file of static/.
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { compile } from "sass";

const out = new URL("../checker/service/pages/static/", import.meta.url).pathname;
const { css } = compile("pages.scss", { style: "compressed", loadPaths: ["node_modules"], quietDeps: true });
writeFileSync(`${out}pages.css`, `/*! GOV.UK Frontend, MIT: see LICENCES.txt */\n${css.replace(/^\uFEFF/, "")}\n`);
await build({
  entryPoints: ["pages.mjs"], outdir: out, bundle: true, minify: true, format: "iife", target: "es2020",
  banner: { js: "/*! GOV.UK Frontend, MIT: see LICENCES.txt */" },
});
const htmx = readFileSync("node_modules/htmx.org/dist/htmx.min.js", "utf8");
writeFileSync(`${out}htmx.js`, `/*! htmx 2, 0BSD: see LICENCES.txt */\n${htmx.trimEnd()}\n`);
