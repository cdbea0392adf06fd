// Prints the entries that two libraries read in a calendar file: the start and the title of each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [cache, path] = process.argv.slice(2);
const require = createRequire(`${cache}/`);
const ICAL = require("ical.js").default ?? require("ical.js");
const ical = require("node-ical");

const text = readFileSync(path, "utf8");
const whole = new ICAL.Component(ICAL.parse(text));
whole.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
const events = whole.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
const series = events.find((event) => !event.isRecurrenceException());
const first = [];
for (let next, times = series.iterator(); (next = times.next()); ) {
  const { item, startDate } = series.getOccurrenceDetails(next);
  first.push([startDate.toJSDate().toISOString(), item.summary]);
}
const [event] = Object.values(ical.sync.parseICS(text)).filter(({ type }) => type === "VEVENT");
const range = { from: new Date("2027-01-01"), to: new Date("2029-01-01") };
const second = ical
  .expandRecurringEvent(event, range)
  .map(({ start, summary }) => [start.toISOString(), summary]);
console.log(JSON.stringify({ "ical.js": first, "node-ical": second }));
