-- %%
x = 1

-- %% [markdown]
-- a
