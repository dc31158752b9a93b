"""A stranger's script: recompute the printed score from review.json alone. Standard library only."""

import json
import math
import sys

failed = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        review = json.load(file)
    score = review["score"]
    total = sum(part["value"] * part["weight"] for part in score["components"])
    raw = math.floor(round(total, 6) + 0.5)
    final = min([raw, *(cap["limit"] for cap in score["caps"])])
    band = max((one for one in review["bands"] if one["from"] <= final), key=lambda one: one["from"])["name"]
    if (raw, final, band) != (score["raw"], score["final"], score["band"]):
        failed += 1
        print(f"{path}: {raw}, {final}, {band} instead of {score['raw']}, {score['final']}, {score['band']}")
    if any(cap["limit"] > 100 for cap in score["caps"]) or final > raw:
        failed += 1
        print(f"{path}: a cap raised the score")
sys.exit(1 if failed else 0)
