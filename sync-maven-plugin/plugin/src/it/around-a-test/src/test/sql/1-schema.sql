CREATE TABLE item (id int PRIMARY KEY, name text);
-- The server's environment, from within.
CREATE TABLE place (name text);
COPY place FROM PROGRAM 'printenv PLACE';
