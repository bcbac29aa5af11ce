-- %% [markdown] tags=["a
-- %% [-- %% [markdown]
] x=
-- %% [raw
--%%
-- %%% deep
