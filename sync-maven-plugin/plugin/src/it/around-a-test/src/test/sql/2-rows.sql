INSERT INTO item VALUES (1, 'tide; table');
