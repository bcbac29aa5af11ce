// DuckDB's side of the benchmark of tables: prints "job seconds check" lines as tables.c does.
const [folder, what] = process.argv.slice(2);
const { DuckDBInstance } = require("@duckdb/node-api");

(async () => {
  const db = await DuckDBInstance.create(":memory:", { threads: process.env.TYCHO_BENCH_THREADS || "2" });
  const c = await db.connect();
  const value = async (sql) => Number((await c.runAndReadAll(sql)).getRows()[0][0]);
  async function report(job, sql, check, times = 3) {
    for (let k = 0; k < times; k++) {
      await c.run("DROP TABLE IF EXISTS out");
      const start = process.hrtime.bigint();
      await c.run(`CREATE TABLE out AS ${sql}`);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      console.log(job, seconds.toFixed(6), (await value(check)).toPrecision(9));
    }
  }
  const file = (name) => `SELECT * FROM read_csv('${folder}/${name}')`;
  const rows = "SELECT count(*) FROM out";
  const spread = (names) => names.map((n) => `count(${n}), avg(${n}), stddev_samp(${n}), min(${n}), max(${n}),
    quantile_cont(${n}, [0.25, 0.5, 0.75]) AS q_${n}`).join(", ");
  const medians = (names) => "SELECT " + names.map((n) => `q_${n}[2]`).join(" + ") + " FROM out";
  if (what === "load_trips") await report(what, file("trips.csv"), rows, 1);
  else if (what === "load_wide") await report(what, file("wide.csv"), rows, 1);
  else if (what === "trips") {
    await c.run(`CREATE TABLE d AS ${file("trips.csv")}`);
    await c.run(`CREATE TABLE e AS ${file("drivers.csv")}`);
    for (const key of ["payment", "zone", "driver"])
      await report("group_" + key, `SELECT ${key}, avg(fare) AS fare FROM d GROUP BY ${key}`, "SELECT sum(fare) FROM out");
    await report("filter", "SELECT * FROM d WHERE fare > 20 AND payment = 'card'", rows);
    await report("sort", "SELECT * FROM d ORDER BY fare", rows);
    await report("join", "SELECT * FROM d JOIN e USING (driver)", "SELECT sum(rating) FROM out");
    const names = ["passengers", "distance", "lon", "lat", "fare"];
    await report("describe", `SELECT ${spread(names)} FROM d`, medians(names));
  } else {
    await c.run(`CREATE TABLE d AS ${file("wide.csv")}`);
    const names = [...Array(30).keys()].map((k) => "c" + k);
    await report("describe_wide", `SELECT ${spread(names)} FROM d`, medians(names));
    const tenths = "[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]";
    await report("deciles_wide", "SELECT " + names.map((n) => `quantile_cont(${n}, ${tenths}) AS q_${n}`).join(", ") +
      " FROM d", "SELECT " + names.map((n) => `list_sum(q_${n})`).join(" + ") + " FROM out");
  }
  console.log("memory_" + what, (process.resourceUsage().maxRSS / 1024).toFixed(1), 0);
})();
