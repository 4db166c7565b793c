"""Opens an exported lesson in a browser: no error on its console, sounds that play, questions that open, all by keyboard.

usage: check_html.py FILE BROWSER [FOLDER]

With a FOLDER, it also gets pictures of the pages, in a light and a dark theme, to be looked at.
"""

import os
import sys

from playwright.sync_api import sync_playwright

path, browser_path = map(os.path.abspath, sys.argv[1:3])
folder = sys.argv[3] if len(sys.argv) > 3 else None
failures = []


def expect(condition, sentence):
    print(("ok    " if condition else "FAILS ") + sentence)
    if not condition:
        failures.append(sentence)


def check_sounds(page):
    # The recording: long enough not to end meanwhile.
    player = page.locator(".player").nth(1)
    player.locator(".track").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.player .seek')[1].value > 0")
    expect(player.locator(".play").get_attribute("aria-label") == "Pause", "Enter on a sound plays it")
    player.locator(".play").focus()
    page.keyboard.press("Space")
    player.locator(".play[aria-label=Play]").wait_for(timeout=5000)
    expect(0 < float(player.locator(".seek").input_value()) < 1, "Space on ▶ pauses it")
    durations = page.evaluate(
        """() => Promise.all(sounds.map((_, number) => new Promise(done => {
          const audio = new Audio(address(number));
          audio.addEventListener("loadedmetadata", () => done(audio.duration));
          audio.addEventListener("error", () => done(-1));
        })))"""
    )
    expect(durations and min(durations) > 0, f"all {len(durations)} sounds can be played")


def check_questions(page):
    for number in range(page.locator(".question").count()):
        form = page.locator(".question").nth(number)
        name = form.get_attribute("data-question")
        covered = page.locator(f'.covered[data-question="{name}"] .output')
        if covered.count():
            expect(not covered.first.is_visible(), f"{name} covers what follows it")
        form.locator("input").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(form.locator(".verdict").is_visible(), f"{name} is answered with Space and Enter")
        if covered.count():
            expect(covered.first.is_visible(), f"{name} uncovers it")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    for scheme in ["light", "dark"]:
        page = browser.new_context(viewport={"width": 1000, "height": 1000}, color_scheme=scheme).new_page()
        messages, requests = [], []
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto("file://" + path)
        if folder:
            os.makedirs(folder, exist_ok=True)
            for number in range(page.locator("section").count()):
                page.locator("section").nth(number).screenshot(path=f"{folder}/{scheme}-{number + 1}.png")
        if scheme == "light":
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(page.url.endswith("#page-1"), "Tab and Enter lead past the contents")
            check_sounds(page)
            check_questions(page)
        fetched = [url for url in requests if not url.startswith(("file://" + path, "data:", "blob:"))]
        expect(not fetched, f"nothing else is fetched, {scheme}: {fetched}")
        expect(not messages, f"nothing on the console, {scheme}: {messages}")
    page = browser.new_context(viewport={"width": 380, "height": 800}).new_page()
    page.goto("file://" + path)
    width = page.evaluate("document.documentElement.scrollWidth")
    expect(width <= 380, f"a narrow window scrolls up and down only: {width} pixels")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto("file://" + path)
    hidden = [o for o in page.locator(".output").all() if not o.is_visible()]
    expect(not hidden, "without JavaScript nothing is covered")
    browser.close()
sys.exit(len(failures))
