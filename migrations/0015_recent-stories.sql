-- Which stories may an article belong to? Those of its days, and those that grew in its days: without an index for the
-- second, the database went through all the stories that share a word, which are ever more.
create index story_updated on story (updated_at) where article_count > 1;
