#!/usr/bin/env -S tycho run

-- %%
x = 1