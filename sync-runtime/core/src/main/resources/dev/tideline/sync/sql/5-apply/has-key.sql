-- Whether there is a unique index on exactly these columns, in any order.
SELECT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = CAST(? AS regclass) AND i.indisunique
                  AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
                  AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text COLLATE "C")
                         FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, at)
                         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                        WHERE k.at <= i.indnkeyatts) = CAST(? AS text[]))
