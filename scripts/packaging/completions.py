"""Completes the default command, too: `etude les<Tab>` is `etude open les<Tab>`.

usage: completions.py SHELL <SCRIPT >SCRIPT

swift-argument-parser writes the scripts, and offers only the names of commands where one may be left out. SHELL is
bash, zsh or fish.
"""

import re
import sys


def found(pattern, script):
    """The one match: another form of the script is an error, not a completion less."""
    matches = list(re.finditer(pattern, script, re.S))
    if len(matches) != 1:
        sys.exit(f"completions.py: {pattern!r} is not in the script once; has swift-argument-parser changed?")
    return matches[0]


def replaced(script, pattern, replacement):
    found(pattern, script)
    return re.sub(pattern, replacement, script, flags=re.S)


def bash(script):
    # Bash reads the file and does not run it.
    script = re.sub(r"\A#!.*\n", "", script)
    script = replaced(
        script,
        r"( +)(COMPREPLY\+=\(\$\(compgen -W 'open [a-z ]*' -- \"\$\{cur\}\"\)\))\n",
        r"\1if ((COMP_CWORD == 1)); then \2; else COMPREPLY=(); fi\n"
        r'\1unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")\n'
        r"\1_etude_open\n",
    )
    # A lesson may be a file.
    return replaced(script, r"complete -o filenames -F", "complete -o filenames -o default -F")


def zsh(script):
    arguments = found(r"_etude_open\(\) \{.*?arg_specs=\(\n(.*?)    \)\n", script)[1]
    lesson = found(r"\{(__etude_custom_complete [^}]*\}\"[^}]*)\}'", arguments)[1]
    options = "".join(
        line for line in arguments.splitlines(keepends=True) if re.match(r" *'--(?!version)", line)
    )
    script = replaced(script, r" +'\(-\): :->command'\n", lambda match: options + match[0])
    script = replaced(
        script,
        r"( +)_describe -V subcommand subcommands && ret=0\n",
        lambda match: f"{match[0]}{match[1]}{lesson} && ret=0\n{match[1]}_files && ret=0\n",
    )
    return replaced(
        script,
        r' +"_etude_\$\{words\[1\]\}" && ret=0\n +;;\n',
        lambda match: f"{match[0]}        *)\n"
        '            words=(open "${words[@]}")\n'
        "            ((CURRENT++))\n"
        "            _etude_open && ret=0\n"
        "            ;;\n",
    )


def fish(script):
    options = found(r"case 'open'\n +__etude_parse_subcommand 1 ([^\n]*)\n", script)[1]
    script = replaced(
        script,
        r"(case 'etude'\n +__etude_parse_subcommand 0 )[^\n]*\n",
        lambda match: f"{match[1]}{options}\n",
    )
    lines = [line for line in script.splitlines(keepends=True) if '"etude open"' in line]
    return script + "".join(
        line.replace('"etude open"', '"etude"')
        for line in lines
        if not re.search("-l '(version|help)'", line)
    )


sys.stdout.write({"bash": bash, "zsh": zsh, "fish": fish}[sys.argv[1]](sys.stdin.read()))
