#!/usr/bin/env python3
"""Acogida's forecast beside statsforecast's, same series, same protocol.

usage: compare.py SERIES.csv BINARY [HISTORY...]

Horizon 14, six origins 14 days apart, histories of 365 and 84 days, season 7; forecasts are cut at zero. MASE and pinball loss are
divided by the in-sample mean difference to a week before; the pinball loss is the mean of the quantiles 0.1, 0.5 and 0.9, which
the others take from their 80 % intervals. Times are of one process after a warm-up. MASE and pinball loss stand there once more for
the series with even and with odd numbers: what was chosen on one half has to hold on the other.
"""
import collections
import csv
import subprocess
import sys
import time
import warnings

import numpy as np
from statsforecast.models import AutoETS, AutoTheta, CrostonSBA, SeasonalNaive
from statsforecast.utils import ConformalIntervals

warnings.filterwarnings("ignore")
HORIZON, ORIGINS, SEASON = 14, 6, 7


def read(path):
    series = collections.OrderedDict()
    for name, _, value in csv.reader(open(path)):
        series.setdefault(name, []).append(float(value))
    return {name: np.array(values) for name, values in series.items()}


def windows(values, history):
    for origin in range(ORIGINS):
        end = len(values) - (ORIGINS - origin) * HORIZON
        yield origin, values[max(0, end - history):end], values[end:end + HORIZON]


def scores(past, actual, low, likely, high):
    scale = np.abs(past[SEASON:] - past[:-SEASON]).mean() or 1.0
    low, likely, high = (np.maximum(0, x) for x in (low, likely, high))
    pinball = np.mean([2 * np.maximum(q * (actual - f), (q - 1) * (actual - f)) for q, f in ((.1, low), (.5, likely), (.9, high))])
    return np.abs(actual - likely).mean() / scale, pinball / scale, ((actual >= low) & (actual <= high)).mean()


def ours(path, binary, series, history, method):
    run = subprocess.run([binary, str(history), method], stdin=open(path), capture_output=True, text=True, check=True)
    print(f"  acogida {method}:", run.stderr.strip())
    rows = collections.defaultdict(list)
    for row in csv.DictReader(run.stdout.splitlines()):
        rows[row["series"], int(row["origin"])].append([float(row[k]) for k in ("low", "likely", "high")])
    return {name: [scores(past, actual, *np.array(rows[name, origin]).T) for origin, past, actual in windows(values, history)]
            for name, values in series.items()}


def theirs(model, series, history):
    result, spent, fits = {}, 0.0, 0
    for name, values in series.items():
        result[name] = []
        for origin, past, actual in windows(values, history):
            began = time.perf_counter()
            try:
                f = model.forecast(y=past, h=HORIZON, level=[80])
            except Exception:
                f = SeasonalNaive(SEASON).forecast(y=past, h=HORIZON, level=[80])
            spent += time.perf_counter() - began
            fits += 1
            result[name].append(scores(past, actual, f["lo-80"], f["mean"], f["hi-80"]))
    return result, 1000 * spent / fits


def main():
    path, binary, *histories = sys.argv[1:]
    series = read(path)
    for history in [int(h) for h in histories] or [365, 84]:
        print(f"history {history} days, {len(series)} series, {ORIGINS} origins, horizon {HORIZON}")
        table = {f"acogida {m}": (ours(path, binary, series, history, m), None)
                 for m in ("middle", "mean", "ets_ana", "theta", "weekday_median", "weekday_mean")}
        for name, model in {"AutoETS": AutoETS(SEASON), "AutoTheta": AutoTheta(SEASON), "SeasonalNaive": SeasonalNaive(SEASON),
                            "CrostonSBA": CrostonSBA(prediction_intervals=ConformalIntervals(h=HORIZON, n_windows=2))}.items():
            model.forecast(y=next(iter(series.values()))[-120:], h=HORIZON, level=[80])
            table[name] = theirs(model, series, history)
        print(f"{'method':23} {'MASE':>7} {'median':>7} {'pinball':>8} {'cov80':>6}  {'even series':>13} {'odd series':>13} {'ms':>7}")
        for name, (result, ms) in table.items():
            means = np.array([np.mean(result[s], axis=0) for s in series])
            line = f"{name:23} {means[:, 0].mean():7.3f} {np.median(means[:, 0]):7.3f} {means[:, 1].mean():8.3f} {means[:, 2].mean():6.3f}"
            for half in (means[::2], means[1::2]):
                line += f"  {half[:, 0].mean():6.3f} {half[:, 1].mean():5.3f}"
            print(line + (f" {ms:7.1f}" if ms else ""))


if __name__ == "__main__":
    main()
