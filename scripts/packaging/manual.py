"""Writes manual pages from what the program says about its own commands:

    etude --experimental-dump-help | python3 scripts/packaging/manual.py VERSION DATE FOLDER

One page for the program, one for each command: etude.1, etude-render.1, …
"""

import json
import pathlib
import re
import sys

# What no command says by itself.
MORE = {
    "FILES": [
        ("$XDG_STATE_HOME/etude", "What you did in each lesson; without the variable, ~/.local/state/etude."),
    ],
    "ENVIRONMENT": [
        ("NO_COLOR", "When set, pages are drawn without colour."),
        ("VISUAL, EDITOR", "The editor that opens a cell."),
        ("XDG_STATE_HOME", "See FILES."),
        ("PULSE_SERVER", "The sound server that ALSA's PulseAudio plugin plays on."),
    ],
    "EXIT STATUS": [
        ("0", "The work is done."),
        ("1", "The work failed, or a lesson has mistakes."),
        ("2", "The command line is wrong."),
    ],
}


def escaped(text):
    """Text as roff prints it unchanged."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def name(argument):
    """--width w, -h, --help or LESSON, in bold and italic."""
    value = f"\\fI{escaped(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        return value
    spellings = [
        ("-" if spelling["kind"] == "short" else "--") + spelling["name"] for spelling in argument["names"]
    ]
    bold = ", ".join(f"\\fB{escaped(spelling)}\\fR" for spelling in spellings)
    return f"{bold} {value}" if argument["kind"] == "option" else bold


def usage(argument):
    text = f"[{name(argument)}]" if argument["isOptional"] else name(argument)
    return text + ("..." if argument["isRepeating"] else "")


def items(pairs):
    lines = []
    for title, text in pairs:
        lines += [".TP", title, text]
    return lines


def meaning(argument):
    text = argument.get("abstract", "")
    if argument.get("allValues"):
        text += " One of " + ", ".join(argument["allValues"]) + "."
    if argument.get("defaultValue"):
        text += f" Default: {argument['defaultValue']}."
    return escaped(text)


def discussion(text):
    """Paragraphs, and examples as they stand: the lines that are indented."""
    description, examples = [], []
    for line in text.split("\n"):
        if line.startswith("  "):
            examples.append(line[2:])
        elif line != "Examples:":
            description.append(line)
    return re.split(r"\n{2,}", "\n".join(description).strip()), examples


def page(command, title, version, date):
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    subcommands = [sub for sub in command.get("subcommands", []) if sub["commandName"] != "help"]
    spoken = title.replace("-", " ", 1)
    abstract = command["abstract"]
    summary = abstract[0].lower() + abstract[1:].rstrip(".")
    paragraphs, examples = discussion(command.get("discussion", ""))

    lines = [f'.TH {title.upper()} 1 "{date}" "{version}" "Etude"']
    lines += [".SH NAME", f"{escaped(title)} \\- {escaped(summary)}"]
    lines += [".SH SYNOPSIS"]
    if subcommands:
        lines += [f".B {spoken}", "[\\fIlesson\\fR]", ".br"]
        lines += [f".B {spoken}", "\\fIcommand\\fR [\\fIargument\\fR...]"]
    else:
        lines += [f".B {spoken}"]
        lines += [usage(argument) for argument in shown if not is_common(argument)]
    lines += [".SH DESCRIPTION", escaped(abstract)]
    for paragraph in filter(None, paragraphs):
        lines += [".PP", escaped(paragraph)]
    if subcommands:
        lines += [".SH COMMANDS"]
        lines += items(
            (f"\\fB{escaped(sub['commandName'])}\\fR", escaped(sub["abstract"])) for sub in subcommands)
    lines += [".SH OPTIONS"] + items((name(argument), meaning(argument)) for argument in shown)
    if examples:
        lines += [".SH EXAMPLES", ".nf"] + [escaped(example) for example in examples] + [".fi"]
    if subcommands:
        for heading, pairs in MORE.items():
            lines += [f".SH {heading}"] + items((f"\\fB{escaped(a)}\\fR", escaped(b)) for a, b in pairs)
        others = [f"{title}-{sub['commandName']}" for sub in subcommands]
    else:
        others = [title.split("-")[0]]
    lines += [".SH SEE ALSO", ",\n".join(f".BR {escaped(other)} (1)" for other in others)]
    return "\n".join(lines) + "\n"


def is_common(argument):
    """Every command has them; they would only lengthen its synopsis."""
    return argument["valueName"] in ("version", "help")


def main():
    version, date, folder = sys.argv[1:]
    command = json.load(sys.stdin)["command"]
    title = command["commandName"]
    pages = {title: command}
    for sub in command["subcommands"]:
        if sub["commandName"] != "help" and sub["shouldDisplay"]:
            pages[f"{title}-{sub['commandName']}"] = sub
    for page_title, described in pages.items():
        text = page(described, page_title, version, date)
        pathlib.Path(folder, f"{page_title}.1").write_text(text, encoding="utf-8")


main()
