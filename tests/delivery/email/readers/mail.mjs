// Prints what two libraries read in each of a folder's messages, as JSON.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [cache, folder] = process.argv.slice(2);
const require = createRequire(`${cache}/`);
const { simpleParser } = require("mailparser");
const PostalMime = require("postal-mime").default ?? require("postal-mime");

const read = { mailparser: {}, "postal-mime": {} };
for (const name of readdirSync(folder)) {
  const content = readFileSync(`${folder}/${name}`);
  const one = await simpleParser(content);
  read.mailparser[name] = {
    to: one.to.value.map((to) => [to.name, to.address]),
    subject: one.subject ?? "",
    files: one.attachments.map((file) => file.filename),
    text: one.text.trim(),
  };
  const other = await PostalMime.parse(content);
  read["postal-mime"][name] = {
    to: other.to.map((to) => [to.name, to.address]),
    subject: other.subject ?? "",
    files: other.attachments.map((file) => file.filename),
    text: other.text.trim(),
  };
}
console.log(JSON.stringify(read));
