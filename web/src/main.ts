import { mount } from "svelte";
import App from "./App.svelte";
import "./style/page.css";
import { MemoryService } from "./service";

const target = document.getElementById("page");
const service = new MemoryService();
if (target) mount(App, { target, props: { service, plan: await service.next() } });
