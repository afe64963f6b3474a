"""Writes the tables of docs/atlas.md, each between <!-- NAME --> and <!-- end -->, of what docs/atlas/NAME.json says, or of docs/atlas/NAME-flips.csv."""

import json
import pathlib
import re

folder = pathlib.Path(__file__).parent.parent / "docs"
page = folder / "atlas.md"


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


def replaced(match):
    if match[1].endswith("-flips"):
        return f"<!-- {match[1]} -->\n{flips(match[1])}\n<!-- end -->"
    if not (folder / "atlas" / f"{match[1]}.json").exists():
        return match[0]
    return f"<!-- {match[1]} -->\n{table(match[1])}\n<!-- end -->"


page.write_text(re.sub(r"<!-- ([a-z0-9-]+) -->\n.*?<!-- end -->", replaced, page.read_text(), flags=re.S))
