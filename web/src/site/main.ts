// The page where nothing is installed: Matside's program runs in this browser.
import "../language";
import { mount } from "svelte";
import App from "../App.svelte";
import { EngineService } from "../engine/engine_service";
import "../style/page.css";
import { NewVersion } from "./new_version.svelte";
import { keepOffline } from "./offline";
import { takeSharedVideo } from "./shared_video";

const target = document.getElementById("page");
const service = new EngineService(
  () => new Worker(new URL("../engine/worker.ts", import.meta.url), { type: "module" }),
);
const newVersion = new NewVersion();
if (target) mount(App, { target, props: { service, newVersion, takeSharedVideo } });
keepOffline(() => service.prepare(), newVersion);
