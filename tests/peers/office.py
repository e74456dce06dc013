#!/usr/bin/python3
"""Opens spreadsheets in LibreOffice, changes cells as a user would, saves them in its formats, and tells what it shows.

  office.py FOLDER < JSON    a list of {"open": FILE, "as": [FILTER, OPTIONS], "cells": {"A1": TEXT, …}, "delete": [ROWS],
                             "widths": {"B": WIDTH}, "save": {FILE: [FILTER, OPTIONS]}, "tell": FILE}, rows and columns as
                             a spreadsheet shows them; FILE is told the sheets in order: {"name", "rows": the cells as
                             texts or numbers, "shown": the same as a reader sees them, "days": [ROW, COLUMN] of the
                             dates, "formulas": how many}

Runs with the Python that the Debian package python3-uno is made for.
"""
import json, os, subprocess, sys, time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.CellFlags import DATETIME, FORMULA


def option(name, value):
    return PropertyValue(Name=name, Value=value)


def office(folder):
    """Starts LibreOffice with a profile of its own, and returns it with its desktop."""
    pipe = f"twin{os.getpid()}"
    process = subprocess.Popen(["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
                                f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return process, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            # It takes some seconds until it answers.
            time.sleep(0.5)
    sys.exit("LibreOffice does not answer")


def told(sheet):
    """Tells what is in a sheet."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
    ranges = lambda flags: sheet.queryContentCells(flags).RangeAddresses
    days = [[row, column] for found in ranges(DATETIME) for row in range(found.StartRow, found.EndRow + 1)
            for column in range(found.StartColumn, found.EndColumn + 1)]
    rows = [list(row) for row in area.getDataArray()]
    # What is no text is shown in the form of its cell.
    shown = [[cell if isinstance(cell, str) else sheet.getCellByPosition(column, row).String
              for column, cell in enumerate(cells)] for row, cells in enumerate(rows)]
    return {"name": sheet.Name, "rows": rows, "shown": shown, "days": days, "formulas": len(ranges(FORMULA))}


def main(folder):
    process, desktop = office(folder)
    for job in json.load(sys.stdin):
        opened = [option(*pair) for pair in zip(("FilterName", "FilterOptions"), job.get("as", []))]
        book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["open"]), "_blank", 0, (option("Hidden", True), *opened))
        sheet = book.Sheets.getByIndex(0)
        for cell, text in job.get("cells", {}).items():
            # As if it were typed: dates become dates.
            sheet.getCellRangeByName(cell).setFormula(text)
        if "delete" in job:
            # A row that tells which partnership it is about goes only when the protection is lifted.
            sheet.unprotect("")
        for row in sorted(job.get("delete", []), reverse=True):
            sheet.Rows.removeByIndex(row - 1, 1)
        for column, width in job.get("widths", {}).items():
            sheet.Columns.getByName(column).Width = width
        for path, (name, how) in job.get("save", {}).items():
            book.storeToURL(uno.systemPathToFileUrl(path), (option("FilterName", name), option("FilterOptions", how)))
        if "tell" in job:
            with open(job["tell"], "w", encoding="utf-8") as to:
                json.dump([told(each) for each in book.Sheets], to)
        book.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass
    process.wait(60)


main(sys.argv[1])
