"""Reports as web pages in a real Chromium: what axe-core finds, searching, sorting, without JavaScript, narrow, dark, on paper;
and as workbooks in openpyxl. run.py calls it.
"""
import importlib.util, json, os, re, subprocess

import openpyxl
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "data")
AXE = os.path.join(importlib.util.find_spec("axe_playwright_python").submodule_search_locations[0], "axe.min.js")
REPORTS = {"countries": [], "coverage": [], "map": [], "municipality": ["Kuopio", "Helsinki"], "networks": [], "review": [], "status": [], "timeline": []}
# All rules of WCAG 2.2 at the levels A and AA, and what axe-core calls good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOSTILE = "fi-script,\"<script>document.title='run'</script><img src=x onerror=alert(1)>\",FI,municipality,,,,,,,,65.1,26.1" + "," * 8


def browser(**preferences):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,900"]:
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if preferences:
        options.add_experimental_option("prefs", preferences)
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def report(check, twin, registry, name, lang, path):
    done = subprocess.run([twin, "--registry", registry, "--lang", lang, "report", name, *REPORTS[name], "-o", path], capture_output=True, text=True)
    check(f"report {name} in {lang} is written", done.returncode == 0, done.stderr)


def requests(page):
    """Returns what a page has asked for besides itself."""
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    asked = [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]
    return [url for url in asked if not url.startswith(("file:", "data:", "chrome"))]


def complaints(page):
    """Returns what axe-core finds."""
    page.execute_script(open(AXE, encoding="utf-8").read())
    script = "const done = arguments[1]; axe.run({runOnly: arguments[0]}).then(found => done(found.violations))"
    return [f"{found['id']}: {found['nodes'][0]['html'][:100]}" for found in page.execute_async_script(script, TAGS)]


def media(page, **features):
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})


def shown(page):
    """Returns the texts of the rows that can be seen."""
    return page.execute_script("return [...document.querySelectorAll('tbody tr')].filter(row => row.offsetParent).map(row => row.innerText)")


def accessible(check, twin, work, page):
    for name in REPORTS:
        for lang in ["en", "fi", "sv"]:
            path = os.path.join(work, f"{name}-{lang}.html")
            report(check, twin, DATA, name, lang, path)
            page.get("file://" + path)
            for scheme in ["light", "dark"]:
                media(page, prefers_color_scheme=scheme)
                found = complaints(page)
                check(f"axe-core finds nothing in {name}, {lang}, {scheme}", not found, found)
            check(f"{name} in {lang} says its language", page.execute_script("return document.documentElement.lang") == lang)
            asked = requests(page)
            check(f"{name} in {lang} asks nothing of a network", not asked, asked)
            logged = [entry["message"] for entry in page.get_log("browser")]
            check(f"{name} in {lang} breaks no policy of its own", not logged, logged)
            page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": True})
            width = page.execute_script("return document.documentElement.scrollWidth")
            check(f"{name} in {lang} is no wider than 320 pixels", width <= 320, width)
            page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def answers(check, twin, work, page):
    """Answers of other commands as pages: a listing, an empty one, and sheets."""
    for words in (["list", "Kuopio"], ["list", "Kuopio", "Tallinn"], ["show", "Helsinki"], ["show", "Kuopio", "Bodø"]):
        path = os.path.join(work, "answer.html")
        done = subprocess.run([twin, "--registry", DATA, *words, "-o", path], capture_output=True, text=True)
        check(f"{words} is written as a page", done.returncode == 0, done.stderr)
        page.get("file://" + path)
        found = complaints(page)
        check(f"axe-core finds nothing in {words}", not found, found)


def driven(check, work, page):
    page.get("file://" + os.path.join(work, "countries-en.html"))
    everything = len(shown(page))
    search = page.find_element(By.ID, "search")
    search.send_keys("bodo")
    rows = shown(page)
    check("a search without accents finds Bodø", rows and all("Bodø" in row for row in rows) and len(rows) < everything, rows)
    told = page.find_element(By.ID, "found").text
    check("the search says how many rows it found", told.startswith(f"{len(rows)} "), told)
    links = [link.text for link in page.find_elements(By.CSS_SELECTOR, "nav li") if link.is_displayed()]
    check("what holds no row is left out of the contents", len(links) == 1 and links[0].startswith("Norway"), links)
    search.send_keys(Keys.CONTROL, "a")
    search.send_keys(Keys.DELETE)
    check("an empty search shows everything", len(shown(page)) == everything)

    select = page.find_element(By.CSS_SELECTOR, ".filters select")
    every_row = page.execute_script("return [...arguments[0].closest('section').querySelectorAll('tbody tr')]", select)
    kept = select.find_elements(By.TAG_NAME, "option")[1].text
    page.execute_script("arguments[0].focus()", select)
    select.send_keys(Keys.ARROW_DOWN)
    rows = [row.text for row in every_row if row.is_displayed()]
    check("a column is narrowed to one of its values by keys", 0 < len(rows) < len(every_row) and all(kept in row for row in rows), (kept, rows))
    select.send_keys(Keys.ARROW_UP)
    check("and shows all again", len(shown(page)) == everything)

    total = page.find_elements(By.CSS_SELECTOR, "#part-1 thead th button")[-1]
    page.execute_script("arguments[0].focus()", total)
    for direction, way in [("ascending", 1), ("descending", -1)]:
        page.switch_to.active_element.send_keys(Keys.ENTER)
        cells = page.find_elements(By.CSS_SELECTOR, "#part-1 tbody td:last-child")
        numbers = [int(cell.text) for cell in cells]
        check(f"by keys alone it is sorted {direction}, by value", numbers == sorted(numbers, reverse=way < 0), numbers)
        head = page.find_element(By.CSS_SELECTOR, "#part-1 thead th:last-child")
        check(f"that it is {direction} is told", head.get_attribute("aria-sort") == direction)

    page.get("file://" + os.path.join(work, "map-en.html"))
    styles = page.execute_script("return ['active', 'suspended'].map(name => getComputedStyle(document.querySelector('path.line.' + name)))"
                                 ".map(style => [style.stroke, style.strokeDasharray])")
    check("a suspended line differs by colour and by its dashes", styles[0][0] != styles[1][0] and styles[0][1] == "none" != styles[1][1], styles)
    maps = page.find_elements(By.CSS_SELECTOR, "svg.map")
    check("Europe and the world are drawn and named", [map.accessible_name for map in maps] == ["Map of Europe", "Map of the world"])
    land = page.execute_script("return [...document.querySelectorAll('.land')].map(land => land.getBBox().width > 900)")
    check("both have land", land == [True, True], land)

    page.get("file://" + os.path.join(work, "countries-en.html"))
    stops = set()
    for _ in range(48):
        page.switch_to.active_element.send_keys(Keys.TAB)
        stops.add(page.execute_script("return document.activeElement.id || document.activeElement.className || document.activeElement.localName"))
    check("the contents, the search, the tables and their headings are reached by Tab", {"a", "search", "wide", "button"} <= stops, stops)

    printed = page.execute_cdp_cmd("Page.printToPDF", {})
    check("it can be printed", printed["data"].startswith("JVBERi"))
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    hidden = page.execute_script("return ['nav', '#tools', '.filters'].every(name => getComputedStyle(document.querySelector(name)).display === 'none')")
    check("on paper there is nothing to click", hidden)
    media(page)


def unscripted(check, work):
    page = browser(**{"profile.managed_default_content_settings.javascript": 2})
    try:
        page.get("file://" + os.path.join(work, "status-fi.html"))
        check("without JavaScript there is no search that would not work", not page.find_element(By.ID, "tools").is_displayed())
        check("without JavaScript the charts are there", page.find_element(By.CSS_SELECTOR, "svg.chart rect.bar.suspended").is_displayed())
        rows = page.find_elements(By.CSS_SELECTOR, "tbody tr")
        check("without JavaScript every row is there", len(rows) > 100 and all(row.is_displayed() for row in rows[:200]), len(rows))
    finally:
        page.quit()


def hostile(check, twin, work, page):
    registry = os.path.join(work, "hostile-pages")
    subprocess.run([twin, "init", registry], check=True, capture_output=True)
    rows = [("municipalities", HOSTILE), ("partnerships", "fi-script,se-jonkoping,twin,suspended,,,,=1+1,,,"), ("members", "espoo-ring,fi-script,member,,,,")]
    for table, row in rows:
        with open(os.path.join(registry, table + ".csv"), "a", encoding="utf-8") as to:
            to.write(row + "\n")
    for name in REPORTS:
        path = os.path.join(work, "hostile-pages.html")
        report(check, twin, registry, name, "en", path)
        page.get("file://" + path)
        name_is_there = "<script>document.title='run'</script>" in page.find_element(By.TAG_NAME, "body").text
        check(f"a place called <script> stays a name in {name}", name in ["municipality", "timeline"] or name_is_there)
        check(f"and runs nothing in {name}", page.title != "run" and not page.find_elements(By.TAG_NAME, "img"))


def workbooks(check, twin, work):
    for name in REPORTS:
        path = os.path.join(work, name + ".xlsx")
        report(check, twin, DATA, name, "sv", path)
        book = openpyxl.load_workbook(path)
        page = open(os.path.join(work, name + "-sv.html"), encoding="utf-8").read()
        headings = re.findall("<section", page)
        check(f"openpyxl reads a sheet for each table of {name}", len(book.sheetnames) == len(headings) + 1, book.sheetnames)
        rows = sum(sheet.max_row - 1 for sheet in book.worksheets[1:])
        check(f"and as many rows as the page of {name} has", rows == page.count("<th scope=\"row\">"), rows)


def all_of(check, twin, work):
    page = browser()
    try:
        accessible(check, twin, work, page)
        answers(check, twin, work, page)
        driven(check, work, page)
        hostile(check, twin, work, page)
    finally:
        page.quit()
    unscripted(check, work)
    workbooks(check, twin, work)
