"""A window of WebKitGTK that WebKitWebDriver drives, with a profile that stays.

MiniBrowser has no such profile: with --automation it forgets everything. Use: webkit_window.py PROFILE [FEATURE ...];
the features are WebKit's own names of what is off by default.
"""

import signal
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402


def enable(settings: WebKit2.Settings, wanted: list[str]) -> None:
    features = WebKit2.Settings.get_all_features()
    known = [features.get(i) for i in range(features.get_length())]
    by_name = {feature.get_identifier(): feature for feature in known}
    for name in wanted:
        settings.set_feature_enabled(by_name[name], True)


def main(profile: str, features: list[str]) -> None:
    data = WebKit2.WebsiteDataManager(
        base_data_directory=profile, base_cache_directory=profile
    )
    context = WebKit2.WebContext(website_data_manager=data)
    context.set_automation_allowed(True)
    window = Gtk.Window(default_width=390, default_height=844)

    def new_view(_session: WebKit2.AutomationSession) -> WebKit2.WebView:
        view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
        settings = view.get_settings()
        settings.props.enable_mock_capture_devices = True
        enable(settings, features)
        view.connect("permission-request", lambda _view, asked: asked.allow() or True)
        for child in window.get_children():
            window.remove(child)
        window.add(view)
        window.show_all()
        return view

    def started(_context: WebKit2.WebContext, session: WebKit2.AutomationSession) -> None:
        session.connect("create-web-view", new_view)

    context.connect("automation-started", started)
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGTERM, Gtk.main_quit)
    Gtk.main()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
