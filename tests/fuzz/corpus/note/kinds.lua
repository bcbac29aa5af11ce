-- %% [markdown]
-- # Title
--
-- text

-- %% [raw]
-- {"a": 1}

-- %% load the data tags=["lab", "slow"]
d = data "iris"
