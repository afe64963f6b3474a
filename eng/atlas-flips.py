"""How much two neighbouring values of --lr-g tell apart: the verdicts that differ, seed by seed, of a sweep's members.csv, as CSV."""

import csv
import statistics
import sys

members = {}
for row in csv.DictReader(open(sys.argv[1])):
    members.setdefault((int(row["epochs"]), int(row["seed"])), []).append((row["converged"], float(row["kl_divergence"])))
print("epochs,seeds,verdicts that differ,median change of the KL divergence")
for epochs in sorted({epochs for epochs, _ in members}):
    pairs = [pair for (own, _), pair in members.items() if own == epochs]
    flips = sum(one[0] != other[0] for one, other in pairs)
    change = statistics.median(abs(one[1] - other[1]) / one[1] for one, other in pairs)
    print(f"{epochs},{len(pairs)},{flips} ({100 * flips / len(pairs):.1f} %),{100 * change:.2g} %")
