"""Writes the tables of docs/atlas.md, each between <!-- NAME --> and <!-- end -->, of what docs/atlas/NAME.json says, or of docs/atlas/NAME-flips.csv."""

import json
import math
import pathlib
import re

folder = pathlib.Path(__file__).parent.parent / "docs"
page = folder / "atlas.md"

COLLAPSE = ["momentum", "loss", "learning-rates", "decay", "averaging", "updates", "activation", "discriminator", "recipe"]


def combinations(specification):
    """The values of the axes, in the order of the specification: one after the other, or each with every other."""
    axes = {name: values for name, values in specification.items() if isinstance(values, list)}
    rows = [()]
    for values in axes.values():
        rows = [row + (value,) for row in rows for value in values]
    if specification.get("zip"):
        rows = list(zip(*axes.values()))
    return list(axes), rows


def percent(share):
    return f"{100 * share:.1f} %"


def table(name):
    specification = json.loads((folder / "atlas" / "specifications" / f"{name}.json").read_text())
    summary = json.loads((folder / "atlas" / f"{name}.json").read_text())
    axes, rows = combinations(specification)
    cells = {tuple(cell[axis] for axis in axes): cell for cell in summary["best_cells"]}
    assert len(cells) == summary["cells"], f"{name} has more combinations than its summary shows"
    others = [f"`--{key.replace('_', '-')} {value}`" for key, value in specification.items() if key not in (*axes, "seeds", "zip")]
    lines = [
        " | ".join(["", *(f"`--{axis.replace('_', '-')}`" for axis in axes), "converged", "95 % interval", "of the failures, losses near log 2", "median KL", "diverged", ""]).strip(),
        "|---" * (len(axes) + 5) + "|",
    ]
    for row in rows:
        cell = cells[row]
        failures = cell["members"] - cell["converged"]
        near = percent(cell["only_looks_converged"] / failures) if failures else "-"
        kl = cell["median_kl_divergence"]
        lines.append(" | ".join([
            "", *map(str, row), percent(cell["converged_share"]), f"{100 * cell['converged_low']:.1f} to {100 * cell['converged_high']:.1f} %", near,
            "-" if kl is None else f"{kl:.3g}", str(cell["diverged"]), ""]).strip())
    seeds = f"{summary['members'] // summary['cells']:,} seeds each"
    return f"[{name}](atlas/specifications/{name}.json){', ' + ' '.join(others) if others else ''}; {seeds}\n\n" + "\n".join(lines)


def flips(name):
    rows = (folder / "atlas" / f"{name}.csv").read_text().splitlines()
    return "\n".join(f"| {' | '.join(row.split(','))} |" for row in (rows[0], ",".join(["---"] * len(rows[0].split(","))), *rows[1:]))


def collapse():
    """Where generators end on a line, of all sweeps that docs/atlas/NAME-collapse.csv tells it of."""
    lines = ["| | converged | flat | 95 % interval | of the failures, flat |", "|---|---|---|---|---|"]
    for name in COLLAPSE:
        header, *rows = [line.split(",") for line in (folder / "atlas" / f"{name}-collapse.csv").read_text().splitlines()]
        for row in rows:
            *values, members, converged, flat = row
            members, converged, flat = int(members), int(converged), int(flat)
            setting = " ".join(f"`--{axis.replace('_', '-')} {value}`" for axis, value in zip(header, values))
            low, high = wilson(flat, members)
            of_failures = percent(flat / (members - converged)) if members > converged else "-"
            lines.append(f"| {setting} | {percent(converged / members)} | {percent(flat / members)} | {100 * low:.1f} to {100 * high:.1f} % | {of_failures} |")
    return "\n".join(lines)


def wilson(count, of, z=1.959964):
    middle, width = count + z * z / 2, z * math.sqrt(count * (of - count) / of + z * z / 4)
    return (middle - width) / (of + z * z), (middle + width) / (of + z * z)


def replaced(match):
    if match[1] == "collapse":
        return f"<!-- collapse -->\n{collapse()}\n<!-- end -->"
    if match[1].endswith("-flips"):
        return f"<!-- {match[1]} -->\n{flips(match[1])}\n<!-- end -->"
    if not (folder / "atlas" / f"{match[1]}.json").exists():
        return match[0]
    return f"<!-- {match[1]} -->\n{table(match[1])}\n<!-- end -->"


page.write_text(re.sub(r"<!-- ([a-z0-9-]+) -->\n.*?<!-- end -->", replaced, page.read_text(), flags=re.S))
