# Gaps of airquality filled by pandas, for prep.fill: tests/golden/fill.h. Run in the folder of the tree:
#   /usr/bin/python3 tests/golden/make/fill.py > tests/golden/fill.h
# pandas 1.5.3
import pandas as pd

d = pd.read_csv("datasets/airquality.csv")
by = d.groupby("Month").Ozone
print("// Made by tests/golden/make/fill.py: Ozone of airquality as pandas 1.5.3 fills it; NAN = still missing.")
print("#pragma once\n#include <math.h>\n\nenum { GOLDEN_FILL = %d };" % len(d))
for name, v in [("FORWARD_BY_MONTH", by.ffill()), ("BACKWARD_2", d.Ozone.bfill(limit=2)),
                ("LINEAR", d.Ozone.interpolate(limit_area="inside")),
                ("LINEAR_BY_MONTH", by.transform(lambda s: s.interpolate(limit_area="inside")))]:
    cells = ["NAN" if pd.isna(x) else repr(float(x)) for x in v]
    print(f"static const double {name}[GOLDEN_FILL] = {{")
    for i in range(0, len(cells), 8):
        print("    " + ", ".join(cells[i : i + 8]) + ",")
    print("};")
