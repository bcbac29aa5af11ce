-- %% [markdown]
-- \%% no marker
-- -- %% twice
not a comment
