// citeproc-js on standard input and output: a style, works and citations as JSON in, what it prints as JSON out.
//
// In:  {style: XML, items: [CSL-JSON], documents: [[citation, …], …]}, each document a run of its own over all items.
// Out: {documents: [[HTML of each citation], …], entries: [[key, HTML], …]}; the entries are those of the last run.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const load = createRequire(import.meta.url);
const CSL = load("citeproc");
const locales = load("@citation-js/plugin-csl/lib/locales.json");

const asked = JSON.parse(readFileSync(0, "utf8"));
const items = new Map(asked.items.map((item) => [item.id, item]));
const answer = { documents: [], entries: [] };

for (const citations of asked.documents) {
  const engine = new CSL.Engine(
    {
      retrieveLocale: (name) => locales[name] ?? locales["en-US"],
      retrieveItem: (key) => structuredClone(items.get(key)),
    },
    asked.style,
  );
  engine.opt.development_extensions.wrap_url_and_doi = false;
  const printed = engine.rebuildProcessorState(citations, "html", [...items.keys()]);
  answer.documents.push(printed.map(([, , html]) => html));
  const [facts, entries] = engine.makeBibliography() || [{ entry_ids: [], bibliography_errors: [] }, []];
  const unprinted = new Set(facts.bibliography_errors.map((error) => error.itemID));
  const keys = facts.entry_ids.map(([key]) => key).filter((key) => !unprinted.has(key));
  answer.entries = entries.map((html, index) => [keys[index], html]);
}

process.stdout.write(JSON.stringify(answer));
