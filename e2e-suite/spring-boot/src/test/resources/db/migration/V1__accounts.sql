CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE account (customer_id int NOT NULL, id int PRIMARY KEY, owner text);
