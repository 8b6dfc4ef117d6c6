-- The columns of one table that a view reads, and whether that is certain to be all that matters. It is not where
-- * a whole row or a system column is read (attribute 0 or less in the view's query, of which pg_depend knows nothing),
-- * a function or operator of the user's is called, or one that takes a query as text, or another view is read: what those
--   read may change without another install,
-- * a column is generated from others, or row-level security decides which rows there are.
SELECT coalesce(array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) FILTER (WHERE a.attname IS NOT NULL), '{}') AS columns,
       NOT EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite w
                    WHERE w.ev_class = v.view
                      AND (w.ev_action::text ~ ':varattno (0|-)'
                           OR pg_catalog.pg_get_viewdef(v.view) ~* '(_to_xml|ts_stat|ts_rewrite)'))
       AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite w
                         JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
                         LEFT JOIN pg_catalog.pg_class c ON d.refclassid = 'pg_catalog.pg_class'::regclass AND c.oid = d.refobjid
                        WHERE w.ev_class = v.view AND d.refobjid <> v.view
                          AND (d.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
                               OR c.relkind NOT IN ('r', 'p')))
       AND NOT coalesce(bool_or(a.attgenerated <> '' OR t.relrowsecurity), false) AS certain
  FROM (SELECT CAST(? AS regclass) AS view, CAST(? AS regclass) AS wanted) v
  JOIN pg_catalog.pg_class t ON t.oid = v.wanted
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.view
  LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
                                  AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = v.wanted AND d.refobjsubid > 0
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = v.wanted AND a.attnum = d.refobjsubid
 GROUP BY v.view
