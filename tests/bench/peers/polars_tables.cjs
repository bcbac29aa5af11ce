// polars' side of the benchmark of tables: prints "job seconds check" lines as tables.c does. This binding reads times
// quickly only as text, so trips.csv is loaded with its two times as text.
const [folder, what] = process.argv.slice(2);
const pl = require("nodejs-polars").default;

function report(job, run, check, times = 3) {
  for (let k = 0; k < times; k++) {
    const start = process.hrtime.bigint();
    const out = run();
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    console.log(job, seconds.toFixed(6), Number(check(out)).toPrecision(9));
  }
}
const read = (name) => pl.readCSV(`${folder}/${name}`, { inferSchemaLength: 10000 });
const height = (d) => d.height;
const spread = (names) => names.flatMap((c) => [
  pl.col(c).count().alias(c + "_n"), pl.col(c).mean().alias(c + "_mean"), pl.col(c).std().alias(c + "_sd"),
  pl.col(c).min().alias(c + "_min"), pl.col(c).max().alias(c + "_max"),
  ...[0.25, 0.5, 0.75].map((q) => pl.col(c).quantile(q, "linear").alias(c + "_" + q))]);
const medians = (names) => (r) => names.reduce((s, c) => s + r.getColumn(c + "_0.5").get(0), 0);

if (what === "load_trips") report(what, () => read("trips.csv"), height, 1);
else if (what === "load_wide") report(what, () => read("wide.csv"), height, 1);
else if (what === "trips") {
  const d = read("trips.csv"), e = read("drivers.csv");
  for (const key of ["payment", "zone", "driver"])
    report("group_" + key, () => d.lazy().groupBy(key).agg(pl.col("fare").mean()).collectSync(),
      (r) => r.getColumn("fare").sum());
  report("filter", () => d.lazy().filter(pl.col("fare").gt(20).and(pl.col("payment").eq(pl.lit("card")))).collectSync(),
    height);
  report("sort", () => d.sort("fare"), height);
  report("join", () => d.join(e, { on: "driver", how: "inner" }), (r) => r.getColumn("rating").sum());
  const names = ["passengers", "distance", "lon", "lat", "fare"];
  report("describe", () => d.lazy().select(...spread(names)).collectSync(), medians(names));
} else {
  const d = read("wide.csv"), names = d.columns;
  report("describe_wide", () => d.lazy().select(...spread(names)).collectSync(), medians(names));
  const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => k / 10);
  report("deciles_wide", () => d.lazy().select(...names.flatMap((c) => tenths.map((q) =>
    pl.col(c).quantile(q, "linear").alias(c + "_" + q)))).collectSync(), (r) => r.row(0).reduce((s, v) => s + v, 0));
}
console.log("memory_" + what, (process.resourceUsage().maxRSS / 1024).toFixed(1), 0);
