"""pandas' side of the benchmark of tables: prints "job seconds check" lines as tables.c does."""
import resource, sys, time
import pandas as pd

folder, what = sys.argv[1], sys.argv[2]
DATES = ["pickup", "dropoff"]


def report(job, run, check, times=3):
    for _ in range(times):
        start = time.perf_counter()
        out = run()
        seconds = time.perf_counter() - start
        print(job, "%.6f" % seconds, "%.9g" % check(out))


def trips(): return pd.read_csv(folder + "/trips.csv", parse_dates=DATES)
def wide(): return pd.read_csv(folder + "/wide.csv")


if what == "load_trips": report(what, trips, len, 1)
elif what == "load_wide": report(what, wide, len, 1)
elif what == "trips":
    d, e = trips(), pd.read_csv(folder + "/drivers.csv")
    for key in ("payment", "zone", "driver"):
        report("group_" + key, lambda: d.groupby(key, dropna=False)["fare"].mean(), lambda r: r.sum())
    report("filter", lambda: d[(d.fare > 20) & (d.payment == "card")], len)
    report("sort", lambda: d.sort_values("fare"), len)
    report("join", lambda: d.merge(e, on="driver"), lambda r: r.rating.sum())
    columns = ["passengers", "distance", "lon", "lat", "fare"]
    report("describe", lambda: d[columns].describe(), lambda r: r.loc["50%"].sum())
else:
    d = wide()
    report("describe_wide", lambda: d.describe(), lambda r: r.loc["50%"].sum())
    report("deciles_wide", lambda: d.quantile([k / 10 for k in range(1, 10)]), lambda r: r.to_numpy().sum())
print("memory_" + what, "%.1f" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), 0)
