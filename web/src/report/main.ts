import { mount } from "svelte";
import type { ReportDocument } from "./document";
import Report from "./Report.svelte";
import "./report.css";
import "./curve.css";
import "./print.css";

/** The paper size, if printing chose one. */
const paper = location.hash.slice(1);
if (paper === "a4" || paper === "letter") document.documentElement.dataset.paper = paper;

const target = document.getElementById("page");
const data = document.getElementById("report")?.textContent;
if (target && data) {
  const report = JSON.parse(data) as ReportDocument;
  document.title = `${report.name}: practice report`;
  mount(Report, { target, props: { report } });
}
