-- Every article that joins a story asks whether a person took its like out of it.
create index article_apart on article (apart_from) where apart_from is not null;
