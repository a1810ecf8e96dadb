// The page of `matside serve`.
import "./language";
import { mount } from "svelte";
import App from "./App.svelte";
import { ServerService } from "./service/server_service";
import "./style/page.css";

const target = document.getElementById("page");
if (target) mount(App, { target, props: { service: new ServerService() } });
